import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  AcceptanceSeenSchema,
  IdentityAddedSchema,
  IdentityPausedSchema,
  IdentityPolicySetSchema,
  IdentityResumedSchema,
  InvitationGoneSchema,
  LoginExpiredSchema,
  LoginRestoredSchema,
  ReplySeenSchema,
  type AcceptanceSeen,
  type IdentityAdded,
  type IdentityPaused,
  type IdentityPolicySet,
  type IdentityResumed,
  type InvitationGone,
  type LoginExpired,
  type LoginRestored,
  type ReplySeen,
} from '@overture/contracts';
import { instant } from '@overture/kernel';
import { OnEvent, type EventContext } from '@overture/messaging';
import { hoursOf } from '@overture/service-kit';
import { loseLogin, pauseIdentity, restoreLogin, resumeIdentity } from '../app/identity-gates.js';
import { Ports } from '../app/ports.js';
import { recordAcceptance, recordInvitationGone, recordReply } from '../app/record-sightings.js';

/** What sync saw. */
@Controller()
export class SyncInboxController {
  constructor(private readonly ports: Ports) {}

  @OnEvent(ReplySeenSchema)
  onReply(@Payload() event: ReplySeen, @Ctx() context: EventContext) {
    const { leadId, messageId, sentAt, witness } = event;
    const reply = { leadId, messageId, repliedAt: instant(sentAt), witness };
    return recordReply(this.ports, context, reply);
  }

  @OnEvent(AcceptanceSeenSchema)
  onAcceptance(@Payload() event: AcceptanceSeen, @Ctx() context: EventContext) {
    const { identityId, leadId, connectedAt, witness, fingerprints, at } = event;
    const acceptedAt = instant(connectedAt || at);
    const seen = { identityId, leadId, acceptedAt, witness, fingerprints };
    return recordAcceptance(this.ports, context, seen);
  }

  @OnEvent(InvitationGoneSchema)
  onInvitationGone(@Payload() event: InvitationGone, @Ctx() context: EventContext) {
    const { identityId, leadId, witness } = event;
    return recordInvitationGone(this.ports, context, {
      identityId,
      leadId,
      witness,
      sentAt: instant(event.sentAt),
      goneAt: instant(event.at),
      reinviteLockedUntil: instant(event.reinviteLockedUntil),
    });
  }

  @OnEvent(IdentityAddedSchema)
  onIdentity(@Payload() event: IdentityAdded, @Ctx() context: EventContext) {
    const { identityId, tier, timeZone: zone } = event;
    return this.ports.identities.add(context, { identityId, tier, zone });
  }

  // The tier decides how long a note may be (F027); hours and holidays are asked again before each send (F073).
  @OnEvent(IdentityPolicySetSchema)
  onPolicy(@Payload() event: IdentityPolicySet, @Ctx() context: EventContext) {
    const { identityId, tier, hours, holidayRegion } = event;
    const own = hours && { hours: hoursOf(hours) };
    return this.ports.identities.change(context, { identityId, tier, holidayRegion, ...own });
  }

  @OnEvent(LoginExpiredSchema)
  onLoginExpired(@Payload() event: LoginExpired, @Ctx() context: EventContext) {
    return loseLogin(this.ports, context, event);
  }

  @OnEvent(LoginRestoredSchema)
  onLoginRestored(@Payload() event: LoginRestored, @Ctx() context: EventContext) {
    return restoreLogin(this.ports, context, event);
  }

  @OnEvent(IdentityPausedSchema)
  onIdentityPaused(@Payload() event: IdentityPaused, @Ctx() context: EventContext) {
    return pauseIdentity(this.ports, context, event);
  }

  @OnEvent(IdentityResumedSchema)
  onIdentityResumed(@Payload() event: IdentityResumed, @Ctx() context: EventContext) {
    return resumeIdentity(this.ports, context, event);
  }
}
