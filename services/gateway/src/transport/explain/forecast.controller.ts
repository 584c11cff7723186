import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ForecastSchema, ForecastService } from '@overture/contracts';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { forecastMs } from '../deadlines.js';
import { Answers, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { plain } from '../http/plain.js';

export class ForecastDto {
  @ApiPropertyOptional({ minimum: 1, maximum: 180, default: 35 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(180)
  days: number = 35;

  @ApiPropertyOptional({ description: 'How people answer is drawn from it', default: 'usual' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  seed: string = '';

  @ApiPropertyOptional({ description: 'Of those who are invited', default: 33 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100)
  acceptPercent?: number;

  @ApiPropertyOptional({ description: 'Of those who get a message, for each one', default: 10 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100)
  replyPercent?: number;

  @ApiPropertyOptional({
    description: 'How long somebody takes to approve a draft; without it nobody does',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(168)
  approveAfterHours?: number;
}

// How the service hears that nothing was said.
const unsaid = -1;

/** The weeks to come (M3, F044). */
@Resource('v1/campaigns/:campaignId/forecast', 'Explain')
export class ForecastController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @HttpCode(200)
  @Route('Play the coming weeks; nothing is sent and nothing is written.', 'campaigns:read')
  @Answers(ForecastSchema)
  forecast(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: ForecastDto,
    @From() caller: Caller,
  ) {
    const { acceptPercent = unsaid, replyPercent = unsaid, approveAfterHours = unsaid } = body;
    const answers = { acceptPercent, replyPercent, approveAfterHours };
    const request = { campaignId, ...plain(body), ...answers };
    const method = ForecastService.method.forecastCampaign;
    return this.backend.ask(method, request, caller, forecastMs);
  }
}
