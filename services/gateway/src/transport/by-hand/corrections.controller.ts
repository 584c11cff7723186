import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { HandService, LeadSchema } from '@overture/contracts';
import { Answers, NeverRefused, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { plain } from '../http/plain.js';
import { LeadControlDto, SkipStepDto } from '../leads/lead.dto.js';
import { CorrectReplyDto } from './by-hand.dto.js';

const rpc = HandService.method;

@Resource('v1/leads', 'Leads')
export class CorrectionsController {
  constructor(private readonly backend: Backend) {}

  @Post(':leadId/skip-step')
  @HttpCode(200)
  @Route('Leave out the step a lead stands at (F018).', 'leads:write')
  @Repeatable()
  @Answers(LeadSchema)
  skipStep(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: SkipStepDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.skipStep, { leadId, ...plain(body) }, caller);
  }

  @Post(':leadId/remove')
  @HttpCode(200)
  @Route('Take a lead out of its campaigns, or of one, for good (F018).', 'leads:write')
  @NeverRefused()
  @Repeatable()
  @Answers(LeadSchema)
  remove(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: LeadControlDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.removeLead, { leadId, ...plain(body) }, caller);
  }

  @Post(':leadId/corrections/reply')
  @HttpCode(200)
  @Route('The message was no reply: what it dropped stands again (P03, M14).', 'leads:write')
  @Repeatable()
  @Answers(LeadSchema)
  reply(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: CorrectReplyDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.correctReply, { leadId, ...plain(body) }, caller);
  }

  @Post(':leadId/corrections/acceptance')
  @HttpCode(200)
  @Route('Nobody accepted: what it brought is taken back (M14).', 'leads:write')
  @Repeatable()
  @Answers(LeadSchema)
  acceptance(
    @Param('leadId', IdPipe) leadId: string,
    @Body() body: LeadControlDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.correctAcceptance, { leadId, ...plain(body) }, caller);
  }
}
