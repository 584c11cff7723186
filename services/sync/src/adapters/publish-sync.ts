import {
  AcceptanceSeenSchema,
  AllowancesSeenSchema,
  IdentityAddedSchema,
  IdentityPausedSchema,
  IdentityPolicySetSchema,
  IdentityResumedSchema,
  InvitationGoneSchema,
  LoginExpiredSchema,
  LoginRestoredSchema,
  ReplySeenSchema,
} from '@overture/contracts';
import type { IdentityEvent, RelationEvent } from '@overture/domain-sync';
import type { RecordedEvent } from '@overture/event-store';
import { published, type Published } from '@overture/messaging';
import { hoursMessage } from '@overture/service-kit';

/** The public form of every event this service stores. */
export function publishSync(recorded: RecordedEvent): Published {
  const event = recorded as RecordedEvent<IdentityEvent | RelationEvent>;
  switch (event.type) {
    case 'IdentityAdded':
      return published(IdentityAddedSchema, event.data);
    case 'LoginExpired':
      return published(LoginExpiredSchema, event.data);
    case 'LoginRestored':
      return published(LoginRestoredSchema, event.data);
    case 'IdentityPaused':
      return published(IdentityPausedSchema, event.data);
    case 'IdentityResumed':
      return published(IdentityResumedSchema, event.data);
    case 'IdentityPolicySet': {
      const { hours, raises, ...data } = event.data;
      return published(IdentityPolicySetSchema, {
        ...data,
        raises: [...raises],
        ...(hours && { hours: hoursMessage(hours) }),
      });
    }
    case 'AllowancesSeen':
      return published(AllowancesSeenSchema, event.data);
    case 'AcceptanceSeen':
      return published(AcceptanceSeenSchema, {
        ...event.data,
        fingerprints: [...event.data.fingerprints],
      });
    case 'ReplySeen':
      return published(ReplySeenSchema, event.data);
    case 'InvitationGone':
      return published(InvitationGoneSchema, event.data);
  }
}
