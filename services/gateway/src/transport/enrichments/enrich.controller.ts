import { Body, Param, Post } from '@nestjs/common';
import { EnrichmentSchema, EnrichmentService } from '@overture/contracts';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { plain } from '../http/plain.js';
import { EnrichDto } from './enrich.dto.js';

const { startEnrichment } = EnrichmentService.method;

@Resource('v1/leads/:leadId/enrich', 'Leads')
export class EnrichLeadController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route('Read the profile of a lead again, unless it is fresh (F050).', 'leads:write')
  @Repeatable()
  @Answers(EnrichmentSchema, 201)
  start(@Param('leadId', IdPipe) leadId: string, @Body() body: EnrichDto, @From() caller: Caller) {
    return this.backend.ask(startEnrichment, { leadId, ...plain(body) }, caller);
  }
}

@Resource('v1/campaigns/:campaignId/enrich', 'Campaigns')
export class EnrichCampaignController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route(
    'Read the profiles of a campaign again in the background, as far as they are not fresh; says what it costs (F050).',
    'leads:write',
  )
  @Repeatable()
  @Answers(EnrichmentSchema, 201)
  start(
    @Param('campaignId', IdPipe) campaignId: string,
    @Body() body: EnrichDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(startEnrichment, { campaignId, ...plain(body) }, caller);
  }
}
