import { Controller, Headers, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { SchedulerService } from '@overture/contracts';
import { sha256 } from '@overture/service-kit';
import type { FastifyRequest } from 'fastify';
import { sameHash } from '../../app/api-key-format.js';
import { Backend } from '../http/backend.js';
import { HttpProblem } from '../http/problem.js';

export const CRON_SECRET = 'OVERTURE_CRON_SECRET';

export class TickView {
  @ApiProperty()
  success!: boolean;

  @ApiProperty({ description: 'Actions taken up by this tick' })
  processed!: number;

  @ApiProperty()
  lanesVisited!: number;
}

/** S2-31: an outside cron may tick every minute; the scheduler does the same by itself. */
@Controller('api/cron')
@ApiTags('Source routes')
export class TickController {
  constructor(
    private readonly backend: Backend,
    @Inject(CRON_SECRET) private readonly secret: string,
  ) {}

  @Post('process-send-queue')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take up what is due, in every workspace.' })
  @ApiHeader({ name: 'x-cron-secret', required: true })
  @ApiOkResponse({ type: TickView })
  async tick(
    @Headers('x-cron-secret') given: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<TickView> {
    // Hashes have one length, so the comparison tells nothing of the secret (F041).
    const known = this.secret !== '' && sameHash(sha256(given ?? ''), sha256(this.secret));
    if (!known) throw new HttpProblem(401, 'cron/refused', 'The header x-cron-secret is wrong.');
    const everywhere = { tenantId: '', keyId: 'cron', requestId: request.id };
    const method = SchedulerService.method.processDueActions;
    const { claimed, lanesVisited } = await this.backend.call(method, {}, everywhere);
    return { success: true, processed: claimed, lanesVisited };
  }
}
