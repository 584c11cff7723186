import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  SyncService,
  type AddIdentityRequest,
  type CheckRelationsRequest,
  type IdentityAtRequest,
  type IdentityIdRequest,
  type ListIdentitiesRequest,
  type PauseIdentityRequest,
  type ReportSightingRequest,
  type SetIdentityPolicyRequest,
  type SyncBeforeSendRequest,
} from '@overture/contracts';
import { InvalidInputError } from '@overture/kernel';
import { Command, type CommandContext } from '@overture/messaging';
import { instantOf, pageOf, pageSize } from '@overture/service-kit';
import { checkRelations } from '../app/check-relations.js';
import { identityAt } from '../app/identity-at.js';
import { addIdentity, connectIdentity, controlIdentity } from '../app/manage-identities.js';
import { reportSighting } from '../app/report-sighting.js';
import { setIdentityPolicy } from '../app/set-identity-policy.js';
import { SyncDeps } from '../app/sync-deps.js';
import { syncBeforeSend } from '../app/sync-before-send.js';
import { identityMessage, policyOf } from './identity-message.js';
import { SweepLoop } from './sweep.loop.js';

@Controller()
export class SyncController {
  constructor(
    private readonly deps: SyncDeps,
    private readonly sweeps: SweepLoop,
  ) {}

  @Command(SyncService.method.addIdentity)
  async addIdentity(
    @Payload() request: AddIdentityRequest,
    @Ctx() { tenantId, meta }: CommandContext,
  ) {
    const identity = await addIdentity(this.deps, { ...request, tenantId }, meta);
    this.sweeps.wake();
    return identityMessage(identity);
  }

  @Command(SyncService.method.getIdentity)
  async getIdentity(@Payload() request: IdentityIdRequest, @Ctx() { tenantId }: CommandContext) {
    const of = { tenantId, identityId: request.identityId };
    return identityMessage(
      await this.deps.database.tenant(tenantId, (tx) => this.deps.identities.find(tx, of)),
    );
  }

  @Command(SyncService.method.getIdentityAt)
  async getIdentityAt(
    @Payload() { identityId, at }: IdentityAtRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    return identityMessage(
      await identityAt(this.deps, { tenantId, identityId }, instantOf(at, '/at')),
    );
  }

  @Command(SyncService.method.listIdentities)
  async listIdentities(
    @Payload() request: ListIdentitiesRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const limit = pageSize(request.limit);
    const rows = await this.deps.database.tenant(tenantId, (tx) =>
      this.deps.identities.page(tx, tenantId, { after: request.cursor, limit: limit + 1 }),
    );
    const { items, nextCursor } = pageOf(rows, limit, ({ identityId }) => identityId);
    return { identities: items.map(identityMessage), nextCursor };
  }

  @Command(SyncService.method.connectIdentity)
  async connectIdentity(
    @Payload() request: IdentityIdRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const link = await connectIdentity(this.deps, { tenantId, identityId: request.identityId });
    this.sweeps.wake();
    return link;
  }

  @Command(SyncService.method.pauseIdentity)
  async pauseIdentity(
    @Payload() request: PauseIdentityRequest,
    @Ctx() { tenantId, meta }: CommandContext,
  ) {
    const { identityId, cause } = request;
    const data = { cause: cause || 'paused by a person', at: this.deps.clock.now() };
    const of = { tenantId, identityId, meta };
    return identityMessage(await controlIdentity(this.deps, of, { type: 'PauseIdentity', data }));
  }

  @Command(SyncService.method.resumeIdentity)
  async resumeIdentity(
    @Payload() request: IdentityIdRequest,
    @Ctx() { tenantId, meta }: CommandContext,
  ) {
    const of = { tenantId, identityId: request.identityId, meta };
    const data = { at: this.deps.clock.now() };
    return identityMessage(await controlIdentity(this.deps, of, { type: 'ResumeIdentity', data }));
  }

  @Command(SyncService.method.setIdentityPolicy)
  async setIdentityPolicy(
    @Payload() request: SetIdentityPolicyRequest,
    @Ctx() { tenantId, meta }: CommandContext,
  ) {
    const { identityId, acknowledgeRisk } = request;
    const of = { tenantId, identityId, meta };
    const identity = await this.deps.database.tenant(tenantId, (tx) =>
      this.deps.identities.find(tx, of),
    );
    const policy = policyOf(request.policy, identity);
    return identityMessage(await setIdentityPolicy(this.deps, of, { policy, acknowledgeRisk }));
  }

  @Command(SyncService.method.checkRelations)
  checkRelations(@Payload() request: CheckRelationsRequest, @Ctx() { tenantId }: CommandContext) {
    const leads = request.leads.map(({ leadId, fingerprints }) => ({
      leadId,
      names: fingerprints,
    }));
    const { identityId, assumeConnected } = request;
    return checkRelations(this.deps, { tenantId, identityId }, { leads, assumeConnected });
  }

  @Command(SyncService.method.reportSighting)
  async reportSighting(
    @Payload() request: ReportSightingRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const { identityId, leadId, messageId } = request;
    const what = sightingOf(request.what);
    const at = instantOf(request.at, '/at');
    const sighting = { tenantId, identityId, leadId, what, at, messageId };
    return { recorded: await reportSighting(this.deps, sighting) };
  }

  @Command(SyncService.method.syncBeforeSend)
  syncBeforeSend(
    @Payload() { identityId, leadId }: SyncBeforeSendRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    return syncBeforeSend(this.deps, { tenantId, identityId, leadId });
  }
}

function sightingOf(what: string): 'accepted' | 'replied' {
  if (what === 'accepted' || what === 'replied') return what;
  throw new InvalidInputError([{ path: '/what', message: 'Expected accepted or replied.' }]);
}
