import { Body, Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { CampaignService, type LaunchReport, type LaunchResult } from '@overture/contracts';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { launchMs } from '../deadlines.js';
import { Route } from '../http/api.js';
import { AuditInterceptor } from '../http/audit.interceptor.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor.js';
import { KeyGuard } from '../http/key.guard.js';
import { RateLimitGuard } from '../http/rate-limit.guard.js';

export class SendMessagesDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  campaignId!: string;
}

export class ProspectResultView {
  @ApiProperty()
  prospectId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ['queued', 'skipped', 'error'] })
  status!: string;

  @ApiPropertyOptional()
  messagesQueued?: number;

  @ApiPropertyOptional()
  reason?: string;
}

export class SendMessagesView {
  @ApiProperty()
  success!: boolean;

  @ApiProperty({ description: 'People' })
  queued!: number;

  @ApiProperty({ description: 'People' })
  skipped!: number;

  @ApiProperty({ description: 'People' })
  errors!: number;

  @ApiProperty({ description: 'Messages' })
  totalMessages!: number;

  @ApiProperty()
  message!: string;

  @ApiProperty({ type: [ProspectResultView] })
  results!: ProspectResultView[];
}

/** S2-28, S2-29, S2-41 word for word: a thin alias of launching a campaign (F110). */
@Controller('api/campaigns/direct')
@UseGuards(KeyGuard, RateLimitGuard)
@UseInterceptors(AuditInterceptor, IdempotencyInterceptor)
@ApiTags('Source routes')
@ApiBearerAuth()
export class SendMessagesController {
  constructor(private readonly backend: Backend) {}

  @Post('send-messages-queued')
  @HttpCode(200)
  @Route('Check every prospect, then queue all messages of the valid ones.', 'campaigns:write')
  @ApiOkResponse({ type: SendMessagesView })
  async send(
    @Body() { campaignId }: SendMessagesDto,
    @From() caller: Caller,
  ): Promise<SendMessagesView> {
    const request = {
      campaignId: new IdPipe().transform(campaignId, { type: 'body', data: 'campaignId' }),
    };
    const method = CampaignService.method.launchCampaign;
    return launchedView(await this.backend.call(method, request, caller, launchMs));
  }
}

export function launchedView(report: LaunchReport): SendMessagesView {
  const { queued, skipped, errors, totalMessages, message } = report;
  const results = report.results.map(prospectView);
  return { success: true, queued, skipped, errors, totalMessages, message, results };
}

function prospectView({ leadId, name, status, messagesQueued, reason }: LaunchResult) {
  const prospect = { prospectId: leadId, name, status };
  return status === 'queued' ? { ...prospect, messagesQueued } : { ...prospect, reason };
}
