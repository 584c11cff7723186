import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { EnrichmentSchema, EnrichmentService } from '@overture/contracts';
import { Answers, NeverRefused, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';

const rpc = EnrichmentService.method;

@Resource('v1/enrichments', 'Leads')
export class EnrichmentsController {
  constructor(private readonly backend: Backend) {}

  @Get(':enrichmentId')
  @Route('How far it is, what it has cost so far and what it waits for (F050).', 'leads:read')
  @Answers(EnrichmentSchema)
  get(@Param('enrichmentId', IdPipe) enrichmentId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getEnrichment, { enrichmentId }, caller);
  }

  @Post(':enrichmentId/cancel')
  @HttpCode(200)
  @Route('Read no further; what was read stays (F050).', 'leads:write')
  @NeverRefused()
  @Answers(EnrichmentSchema)
  cancel(@Param('enrichmentId', IdPipe) enrichmentId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.cancelEnrichment, { enrichmentId }, caller);
  }
}
