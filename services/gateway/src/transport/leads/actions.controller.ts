import { Get, Query } from '@nestjs/common';
import { ActionPageSchema, CampaignService } from '@overture/contracts';
import { Answers, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { plain } from '../http/plain.js';
import { ActionsQuery } from './lead.dto.js';

@Resource('v1/actions', 'Leads')
export class ActionsController {
  constructor(private readonly backend: Backend) {}

  @Get()
  @Route('What is planned and what was done, in time order (S2-42, S2-44).', 'leads:read')
  @Answers(ActionPageSchema)
  list(@Query() query: ActionsQuery, @From() caller: Caller) {
    return this.backend.ask(CampaignService.method.listActions, plain(query), caller);
  }
}
