import {
  Body,
  Controller,
  HttpCode,
  Param,
  Post,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ActionKind, SenderService, SyncService, type Job } from '@overture/contracts';
import { DomainError, NotFoundError } from '@overture/kernel';
import { Route } from '../http/api.js';
import { AuditInterceptor } from '../http/audit.interceptor.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor.js';
import { KeyGuard } from '../http/key.guard.js';
import { RateLimitGuard } from '../http/rate-limit.guard.js';
import { OwnCustomerGuard } from './own-customer.guard.js';
import { RepliedDto, SeenDto, SightingView } from './sighting.dto.js';

/**
 * Ours, not of the source: nobody but the customer's browser sees who accepted and who answered, so it tells, by the job and
 * without a word of what was written (S3-02, F072).
 */
@Controller('api/linkedin/queue/:customerId')
@UseGuards(KeyGuard, RateLimitGuard, OwnCustomerGuard)
@UseInterceptors(AuditInterceptor, IdempotencyInterceptor)
@ApiTags('Browser companion')
@ApiBearerAuth()
export class SightingsController {
  constructor(private readonly backend: Backend) {}

  @Post(':id/accepted')
  @HttpCode(200)
  @Route('The invitation of this job was accepted.', 'companion')
  @ApiOkResponse({ type: SightingView })
  async accepted(
    @Param('id', IdPipe) jobId: string,
    @Body() { at }: SeenDto,
    @From() caller: Caller,
  ): Promise<SightingView> {
    const job = await this.handedOut(jobId, caller);
    if (job.kind !== ActionKind.CONNECT) {
      throw new DomainError('job/no-invitation', 'Only an invitation can be accepted.', { jobId });
    }
    return this.report(job, { what: 'accepted', at, messageId: '' }, caller);
  }

  @Post(':id/replied')
  @HttpCode(200)
  @Route('The person of this job wrote; everything else to them stops.', 'companion')
  @ApiOkResponse({ type: SightingView })
  async replied(
    @Param('id', IdPipe) jobId: string,
    @Body() { at, messageId }: RepliedDto,
    @From() caller: Caller,
  ): Promise<SightingView> {
    const job = await this.handedOut(jobId, caller);
    // Without an id of its own it is the one reply to this job.
    const reply = messageId || `reply-to-${jobId}`;
    return this.report(job, { what: 'replied', at, messageId: reply }, caller);
  }

  /** Only of whom a browser was asked to act towards can it have seen anything. */
  private async handedOut(jobId: string, caller: Caller): Promise<Job> {
    const request = { jobIds: [jobId], limit: 1 };
    const { jobs } = await this.backend.call(SenderService.method.listJobs, request, caller);
    const [job] = jobs;
    if (job === undefined) throw new NotFoundError('job', jobId);
    if (job.attempt > 0) return job;
    throw new DomainError('job/not-claimed', 'Nobody fetched this job, so nobody saw its effect.');
  }

  private async report(
    { identityId, leadId }: Job,
    seen: { what: string; at: string; messageId: string },
    caller: Caller,
  ): Promise<SightingView> {
    const request = { identityId, leadId, ...seen };
    const method = SyncService.method.reportSighting;
    const { recorded } = await this.backend.call(method, request, caller);
    return { recorded };
  }
}
