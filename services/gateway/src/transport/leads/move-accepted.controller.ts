import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { LeadService, MoveAcceptedReportSchema } from '@overture/contracts';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { importBatchMs } from '../deadlines.js';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { publicJson, type JsonObject } from '../http/public-json.js';

const pageSize = 200;

export class MoveAcceptedDto {
  @ApiProperty({ description: 'A messenger campaign' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  toCampaignId!: string;
}

@Resource('v1/campaigns/:campaignId/move-accepted', 'Campaigns')
export class MoveAcceptedController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @HttpCode(200)
  @Route(
    'Move whoever accepted into a messenger campaign; one verdict each, and nobody twice (F058, S2-56).',
    'leads:write',
  )
  @Repeatable()
  @Answers(MoveAcceptedReportSchema)
  async move(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() { toCampaignId }: MoveAcceptedDto,
    @From() caller: Caller,
  ): Promise<JsonObject> {
    const results: unknown[] = [];
    let cursor = '';
    do {
      const request = { campaignId, toCampaignId, limit: pageSize, cursor };
      const { moveAccepted } = LeadService.method;
      const page = await this.backend.call(moveAccepted, request, caller, importBatchMs);
      results.push(...(publicJson(MoveAcceptedReportSchema, page)['results'] as unknown[]));
      cursor = page.nextCursor;
    } while (cursor !== '');
    return { results };
  }
}
