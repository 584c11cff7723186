import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  ActionKind,
  AttemptAcceptedSchema,
  AttemptConfirmedSchema,
  AttemptReleasedSchema,
  LeadEnrolledSchema,
  PersonRecognizedSchema,
  ProviderNoticeReceivedSchema,
  type AttemptAccepted,
  type AttemptConfirmed,
  type AttemptReleased,
  type LeadEnrolled,
  type PersonRecognized,
  type ProviderNoticeReceived,
} from '@overture/contracts';
import { instant } from '@overture/kernel';
import { OnEvent, type EventContext } from '@overture/messaging';
import { followLead, learnNames, ownMessageSent } from '../app/follow-leads.js';
import { doubtLogin, doubtLoginOf } from '../app/report-login.js';
import { invitationWithdrawn } from '../app/sweep-invitations.js';
import { SyncDeps } from '../app/sync-deps.js';
import { SweepLoop } from './sweep.loop.js';

@Controller()
export class InboxController {
  constructor(
    private readonly deps: SyncDeps,
    private readonly sweeps: SweepLoop,
  ) {}

  @OnEvent(LeadEnrolledSchema)
  async onLeadEnrolled(@Payload() event: LeadEnrolled, @Ctx() { tenantId, tx }: EventContext) {
    const { identityId = '', leadId = '' } = event.enrollment ?? {};
    const lead = { leadId, names: event.fingerprints, since: instant(event.at) };
    await followLead(this.deps, tx, { tenantId, identityId, ...lead });
  }

  @OnEvent(PersonRecognizedSchema)
  async onPersonRecognized(
    @Payload() event: PersonRecognized,
    @Ctx() { tenantId, tx }: EventContext,
  ) {
    const leadId = event.enrollment?.leadId ?? '';
    await learnNames(this.deps, tx, { tenantId, leadId, names: event.fingerprints });
  }

  @OnEvent(ProviderNoticeReceivedSchema)
  async onProviderNotice(@Payload() event: ProviderNoticeReceived, @Ctx() { tx }: EventContext) {
    if (!event.kind.startsWith('auth_')) return;
    await doubtLogin(this.deps, tx, event);
    tx.afterCommit(() => this.sweeps.wake());
  }

  // The provider told the sender; it is for us to find out whether the login is lost.
  @OnEvent(AttemptReleasedSchema)
  async onAttemptReleased(
    @Payload() event: AttemptReleased,
    @Ctx() { tenantId, tx }: EventContext,
  ) {
    if (event.cause !== 'auth_expired') return;
    const identityId = event.attempt?.enrollment?.identityId ?? '';
    await doubtLoginOf(this.deps, tx, { tenantId, identityId });
    tx.afterCommit(() => this.sweeps.wake());
  }

  @OnEvent(AttemptAcceptedSchema)
  async onAttemptAccepted(@Payload() event: AttemptAccepted, @Ctx() context: EventContext) {
    const of = whose(event, context);
    if (event.attempt?.kind === ActionKind.WITHDRAW) await this.withdrawn(of, event.at, context);
    const { providerMessageId: messageId } = event;
    if (messageId !== '') await ownMessageSent(this.deps, context.tx, { ...of, messageId });
  }

  @OnEvent(AttemptConfirmedSchema)
  async onAttemptConfirmed(@Payload() event: AttemptConfirmed, @Ctx() context: EventContext) {
    if (event.attempt?.kind !== ActionKind.WITHDRAW) return;
    await this.withdrawn(whose(event, context), event.effectAt, context);
  }

  private withdrawn(of: Whose, at: string, { tx, meta }: EventContext): Promise<void> {
    return invitationWithdrawn(this.deps, tx, { ...of, at: instant(at), meta });
  }
}

type Whose = ReturnType<typeof whose>;

function whose({ attempt }: Pick<AttemptAccepted, 'attempt'>, { tenantId }: EventContext) {
  const { identityId = '', leadId = '' } = attempt?.enrollment ?? {};
  return { tenantId, identityId, leadId };
}
