import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { AddSegmentReportSchema, SegmentService } from '@overture/contracts';
import { importBatchMs } from '../deadlines.js';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { publicJson, type JsonObject } from '../http/public-json.js';
import { AddSegmentDto } from './segment.dto.js';

const pageSize = 200;
/** Of one answer: as much memory for ten leads as for a million. */
const verdictsMax = 1_000;

@Resource('v1/campaigns/:campaignId/leads/from-segment', 'Campaigns')
export class CampaignSegmentsController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @HttpCode(200)
  @Route(
    `Add everybody of a segment, with the verdicts of adding leads (F048). An answer holds ${verdictsMax} verdicts ` +
      'at most: while it has a nextCursor, ask again with it as cursor.',
    'leads:write',
  )
  @Repeatable()
  @Answers(AddSegmentReportSchema)
  async add(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() { segmentId, cursor: start }: AddSegmentDto,
    @From() caller: Caller,
  ): Promise<JsonObject> {
    const results: JsonObject[] = [];
    let cursor = start;
    do {
      const request = { campaignId, segmentId, limit: pageSize, cursor };
      const { addSegment } = SegmentService.method;
      const page = await this.backend.call(addSegment, request, caller, importBatchMs);
      const { results: verdicts } = publicJson(AddSegmentReportSchema, page);
      for (const each of verdicts as JsonObject[]) results.push({ ...each, index: results.length });
      cursor = page.nextCursor;
    } while (cursor !== '' && results.length < verdictsMax);
    return cursor === '' ? { results } : { results, nextCursor: cursor };
  }
}
