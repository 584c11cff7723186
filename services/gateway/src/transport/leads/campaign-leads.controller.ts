import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { AddLeadsReportSchema, CampaignService } from '@overture/contracts';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { publicJson } from '../http/public-json.js';
import { importBatchMs } from '../deadlines.js';
import { AddLeadsDto, type NewLeadDto } from './lead.dto.js';

// A call must fit into one NATS message of 1 MiB, whatever its leads hold.
const callLengthMax = 256 * 1024;

@Resource('v1/campaigns/:campaignId/leads', 'Campaigns')
export class CampaignLeadsController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @HttpCode(200)
  @Route('Add leads; one verdict for each, in order (F116).', 'leads:write')
  @Repeatable()
  @Answers(AddLeadsReportSchema)
  async add(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() { leads }: AddLeadsDto,
    @From() caller: Caller,
  ) {
    const results: object[] = [];
    for (const part of inParts(leads)) {
      const offset = results.length;
      const request = { campaignId, leads: part };
      const method = CampaignService.method.addLeads;
      const report = await this.backend.call(method, request, caller, importBatchMs);
      const verdicts = report.results.map((verdict) => ({
        ...verdict,
        index: verdict.index + offset,
      }));
      results.push(
        ...(publicJson(AddLeadsReportSchema, { ...report, results: verdicts })[
          'results'
        ] as object[]),
      );
    }
    return { results };
  }
}

function inParts(leads: readonly NewLeadDto[]): NewLeadDto[][] {
  const parts: NewLeadDto[][] = [];
  let length = Infinity;
  for (const lead of leads) {
    const own = JSON.stringify(lead).length;
    if (length + own > callLengthMax) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(lead);
    length += own;
  }
  return parts;
}
