import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HandService, SenderService } from '@overture/contracts';
import type { FastifyReply } from 'fastify';
import { NeverRefused, Route } from '../http/api.js';
import { AuditInterceptor } from '../http/audit.interceptor.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor.js';
import { KeyGuard } from '../http/key.guard.js';
import { plain } from '../http/plain.js';
import { RateLimitGuard } from '../http/rate-limit.guard.js';
import { OwnCustomerGuard } from './own-customer.guard.js';
import {
  ApproveDto,
  JobView,
  NextQuery,
  QueueQuery,
  QueueRowView,
  QueueView,
  ResultDto,
  SkipDto,
} from './queue.dto.js';
import { QueueReader } from './queue-reader.js';
import { jobView } from './queue-rows.js';

const drafts = HandService.method;
const jobs = SenderService.method;
// Sync and campaign are asked for every job that is tried.
const claimMs = 60_000;

/** S3-44 to S3-48 word for word: what the customer's own browser asks for and reports (F072, F110). */
@Controller('api/linkedin/queue/:customerId')
@UseGuards(KeyGuard, RateLimitGuard, OwnCustomerGuard)
@UseInterceptors(AuditInterceptor, IdempotencyInterceptor)
@ApiTags('Source routes')
@ApiBearerAuth()
export class QueueController {
  constructor(
    private readonly backend: Backend,
    private readonly reader: QueueReader,
  ) {}

  @Get()
  @Route('What waits for a person, for the browser, and what became of it (S3-44).', 'leads:read')
  @ApiOkResponse({ type: QueueView })
  list(@Query() { status }: QueueQuery, @From() caller: Caller): Promise<QueueView> {
    return this.reader.read(caller, status);
  }

  @Get('next')
  @Route('The next job, locked for five minutes; null when there is none (S3-47).', 'companion')
  @ApiOkResponse({ type: JobView })
  async next(
    @Query() { identityId }: NextQuery,
    @From() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { job } = await this.backend.call(jobs.claimJob, { identityId }, caller, claimMs);
    const view = job && jobView(await this.reader.jobRow(caller, job), job);
    await reply.type('application/json').send(JSON.stringify(view ?? null));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Route('Approve a draft, as it is or with other words (S3-45).', 'leads:write')
  @ApiOkResponse({ type: QueueRowView })
  async approve(
    @Param('id', IdPipe) actionId: string,
    @Body() { body }: ApproveDto,
    @From() caller: Caller,
  ): Promise<QueueRowView> {
    const edit = body === undefined ? { actionId } : { actionId, text: body };
    return this.reader.row(caller, await this.backend.call(drafts.approveDraft, edit, caller));
  }

  @Post(':id/skip')
  @HttpCode(200)
  @Route('Leave out what waits or is approved; for good (S3-46).', 'leads:write')
  @NeverRefused()
  @ApiOkResponse({ type: QueueRowView })
  async skip(
    @Param('id', IdPipe) actionId: string,
    @Body() { reason }: SkipDto,
    @From() caller: Caller,
  ): Promise<QueueRowView> {
    const request = { actionId, reason };
    return this.reader.row(caller, await this.backend.call(drafts.skipDraft, request, caller));
  }

  @Post(':id/result')
  @HttpCode(200)
  @Route('What came of a job; the first result counts (S3-48).', 'companion')
  @ApiOkResponse({ type: QueueRowView })
  async result(
    @Param('id', IdPipe) jobId: string,
    @Body() body: ResultDto,
    @From() caller: Caller,
  ): Promise<QueueRowView> {
    const request = { jobId, ...plain(body) };
    const job = await this.backend.call(jobs.reportJob, request, caller);
    return this.reader.jobRow(caller, job);
  }
}
