import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  CampaignService,
  HistoryService,
  LeadDiffSchema,
  LeadEventPageSchema,
  LeadPageSchema,
  LeadSchema,
} from '@overture/contracts';
import {
  Answers,
  GuardsChangesOnly,
  NeverRefused,
  Repeatable,
  Resource,
  Route,
} from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';
import { AtQuery, SpanQuery } from '../http/instants.js';
import { LeadControlDto, LeadsQuery } from './lead.dto.js';

const rpc = CampaignService.method;
const history = HistoryService.method;

@Resource('v1/leads', 'Leads')
export class LeadsController {
  constructor(private readonly backend: Backend) {}

  @Get()
  @Route('List leads with their enrollments.', 'leads:read')
  @Answers(LeadPageSchema)
  list(@Query() query: LeadsQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listLeads, plain(query), caller);
  }

  @Get(':leadId')
  @GuardsChangesOnly()
  @Route('Read a lead, as it stands or as it stood at an instant (M7).', 'leads:read')
  @Answers(LeadSchema)
  get(@Param('leadId', IdPipe) leadId: string, @Query() { at }: AtQuery, @From() caller: Caller) {
    if (at !== '') return this.backend.ask(history.getLeadAt, { leadId, at }, caller);
    return this.backend.ask(rpc.getLead, { leadId }, caller);
  }

  @Get(':leadId/diff')
  @Route('What changed between two instants, and the events that changed it (M7).', 'leads:read')
  @Answers(LeadDiffSchema)
  diff(
    @Param('leadId', IdPipe) leadId: string,
    @Query() { from, to }: SpanQuery,
    @From() caller: Caller,
  ) {
    return this.backend.ask(history.diffLead, { leadId, from, to }, caller);
  }

  @Get(':leadId/events')
  @Route('Everything that happened to a lead, in order, and who caused it.', 'leads:read')
  @Answers(LeadEventPageSchema)
  events(
    @Param('leadId', IdPipe) leadId: string,
    @Query() page: PageQuery,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.listLeadEvents, { leadId, ...plain(page) }, caller);
  }

  @Post(':leadId/pause')
  @HttpCode(200)
  @Route('Hold a lead where it stands.', 'leads:write')
  @NeverRefused()
  @Repeatable()
  @Answers(LeadSchema)
  pause(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: LeadControlDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.pauseLead, { leadId, ...plain(body) }, caller);
  }

  @Post(':leadId/resume')
  @HttpCode(200)
  @Route('Go on where it stood.', 'leads:write')
  @Repeatable()
  @Answers(LeadSchema)
  resume(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: LeadControlDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.resumeLead, { leadId, ...plain(body) }, caller);
  }

  @Post(':leadId/stop')
  @HttpCode(200)
  @Route('End the way of a lead for good; nothing more is sent.', 'leads:write')
  @NeverRefused()
  @Repeatable()
  @Answers(LeadSchema)
  stop(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: LeadControlDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.stopLead, { leadId, ...plain(body) }, caller);
  }

  @Post(':leadId/retry')
  @HttpCode(200)
  @Route('Try again what failed (S2-39, S2-64).', 'leads:write')
  @Repeatable()
  @Answers(LeadSchema)
  retry(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: LeadControlDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.retryLead, { leadId, ...plain(body) }, caller);
  }

  @Post(':leadId/simulate-reply')
  @HttpCode(200)
  @Route('Act as if the lead had answered: everything planned for it is dropped.', 'leads:write')
  @NeverRefused()
  @Repeatable()
  @Answers(LeadSchema)
  simulateReply(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: LeadControlDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.simulateReply, { leadId, ...plain(body) }, caller);
  }
}
