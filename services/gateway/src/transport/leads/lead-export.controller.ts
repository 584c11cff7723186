import { Readable } from 'node:stream';
import { Get, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import { CampaignService, type LeadPage } from '@overture/contracts';
import { Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { plain } from '../http/plain.js';
import { csvHead, csvOf } from './lead-csv.js';
import { LeadFilter } from './lead.dto.js';

const pageSize = 200;

@Resource('v1/leads', 'Leads')
export class LeadExportController {
  constructor(private readonly backend: Backend) {}

  @Get('export')
  @Route(
    'The same leads as CSV, one line for each campaign they are in; no cell is a formula (S2-56).',
    'leads:read',
  )
  @ApiProduces('text/csv')
  @ApiResponse({ status: 200, description: 'CSV', content: { 'text/csv': {} } })
  async export(@Query() filter: LeadFilter, @From() caller: Caller): Promise<StreamableFile> {
    // The first page before the first byte: what is wrong with the call is still answered as a problem.
    const first = await this.page(filter, caller, '');
    const lines = Readable.from(this.lines(first, filter, caller));
    const disposition = 'attachment; filename="leads.csv"';
    return new StreamableFile(lines, { type: 'text/csv; charset=utf-8', disposition });
  }

  /** A page at a time, when the reader has taken the one before: as much memory for ten leads as for a million. */
  private async *lines(first: LeadPage, filter: LeadFilter, caller: Caller) {
    yield csvHead;
    for (let page = first; ; page = await this.page(filter, caller, page.nextCursor)) {
      yield page.leads.map((lead) => csvOf(lead, filter)).join('');
      if (page.nextCursor === '') return;
    }
  }

  private page(filter: LeadFilter, caller: Caller, cursor: string): Promise<LeadPage> {
    const request = { ...plain(filter), cursor, limit: pageSize };
    return this.backend.call(CampaignService.method.listLeads, request, caller);
  }
}
