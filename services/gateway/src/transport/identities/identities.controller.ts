import { Body, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import {
  ConnectIdentityResponseSchema,
  IdentityBudgetSchema,
  IdentityPageSchema,
  IdentitySchema,
  ReadBudgetsSchema,
  ReadingService,
  SchedulerService,
  SyncService,
} from '@overture/contracts';
import { PauseDto } from '../campaigns/campaign.dto.js';
import { scheduleMessage } from '../campaigns/campaign-requests.js';
import { Answers, NeverRefused, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type ApiRequest, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { AtQuery } from '../http/instants.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';
import { AddIdentityDto, IdentityPolicyDto } from './identity.dto.js';

const rpc = SyncService.method;
// The provider is asked for a login link within this call.
const connectMs = 30_000;

@Resource('v1/identities', 'Identities')
export class IdentitiesController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route('Add a LinkedIn account that acts.', 'identities:write')
  @Repeatable()
  @Answers(IdentitySchema, 201)
  add(@Body() body: AddIdentityDto, @From() caller: Caller) {
    return this.backend.ask(rpc.addIdentity, plain(body), caller, connectMs);
  }

  @Get()
  @Route('List the accounts and whether they are connected.', 'identities:read')
  @Answers(IdentityPageSchema)
  list(@Query() page: PageQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listIdentities, plain(page), caller);
  }

  @Get(':identityId')
  @Route('Read an account, as it stands or as it stood at an instant (M7).', 'identities:read')
  @Answers(IdentitySchema)
  get(
    @Param('identityId', IdPipe) identityId: string,
    @Query() { at }: AtQuery,
    @From() caller: Caller,
  ) {
    if (at !== '') return this.backend.ask(rpc.getIdentityAt, { identityId, at }, caller);
    return this.backend.ask(rpc.getIdentity, { identityId }, caller);
  }

  @Post(':identityId/connect')
  @HttpCode(200)
  @Route('A link on which the person logs in to LinkedIn (S4-53).', 'identities:write')
  @Repeatable()
  @Answers(ConnectIdentityResponseSchema)
  connect(@Param('identityId', IdPipe) identityId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.connectIdentity, { identityId }, caller, connectMs);
  }

  @Post(':identityId/pause')
  @HttpCode(200)
  @Route('Nothing goes out through this account any more.', 'identities:write')
  @NeverRefused()
  @Answers(IdentitySchema)
  pause(
    @Param('identityId', IdPipe) identityId: string,
    @Body() { cause }: PauseDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.pauseIdentity, { identityId, cause }, caller);
  }

  @Post(':identityId/resume')
  @HttpCode(200)
  @Route('Let it act again; what waited is paced.', 'identities:write')
  @Answers(IdentitySchema)
  resume(@Param('identityId', IdPipe) identityId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.resumeIdentity, { identityId }, caller);
  }

  @Put(':identityId/policy')
  @Route('How much it may do, and when. To allow more, acknowledge the risk.', 'identities:write')
  @Repeatable()
  @Answers(IdentitySchema)
  setPolicy(
    @Param('identityId', IdPipe) identityId: string,
    @Body() { acknowledgeRisk, hours, ...rest }: IdentityPolicyDto,
    @From() caller: Caller,
    @Req() request: ApiRequest,
  ) {
    request.auditNote = acknowledgeRisk ? 'risk acknowledged' : '';
    const policy = { ...plain(rest), ...(hours && { hours: scheduleMessage(hours) }) };
    const message = { identityId, policy, acknowledgeRisk };
    return this.backend.ask(rpc.setIdentityPolicy, message, caller);
  }

  @Get(':identityId/budget')
  @Route('What of its caps is used, and when the next action may go (S2-35).', 'identities:read')
  @Answers(IdentityBudgetSchema)
  budget(@Param('identityId', IdPipe) identityId: string, @From() caller: Caller) {
    return this.backend.ask(SchedulerService.method.getIdentityBudget, { identityId }, caller);
  }

  @Get(':identityId/reads')
  @Route('How much it may still look up in rolling 24 hours (F051).', 'identities:read')
  @Answers(ReadBudgetsSchema)
  reads(@Param('identityId', IdPipe) identityId: string, @From() caller: Caller) {
    return this.backend.ask(ReadingService.method.getReadBudgets, { identityId }, caller);
  }
}
