import type { ActionKind } from '@overture/policy';

/** What a refusal means for the lead: the error taxonomy (F079, S2-38..40, S4-29..36). */
export type Reaction =
  'retry' | 'connected' | 'invited' | 'not_connected' | 'fail' | 'stop' | 'halt';

const byLabel: Readonly<Record<string, Reaction>> = {
  LIMIT_REACHED: 'retry',
  STATUS_429: 'retry',
  AUTH_EXPIRED: 'retry',
  PROFILE_NOT_ACCESSIBLE: 'fail',
};
const byConnectLabel: Readonly<Record<string, Reaction>> = {
  ALREADY_CONNECTED: 'connected',
  INVITATION_PENDING: 'invited',
};
const byMessageLabel: Readonly<Record<string, Reaction>> = { NOT_CONNECTED: 'not_connected' };

/** Anything without a rule waits for a person: guessing would contact somebody by accident. */
export function reactionToLabel(kind: ActionKind, label: string): Reaction {
  const special = kind === 'connect' ? byConnectLabel : kind === 'message' ? byMessageLabel : {};
  return special[label] ?? byLabel[label] ?? 'halt';
}

const byCause: Readonly<Record<string, Reaction>> = {
  'relation/already-connected': 'connected',
  'relation/invitation-pending': 'invited',
  'relation/not-connected': 'not_connected',
  'do-not-contact/listed': 'stop',
  'person/worked-elsewhere': 'stop',
};

/** A claim given back before the call: most causes pass by themselves, the others would only come back. */
export function reactionToCause(cause: string): Reaction {
  return byCause[cause] ?? (cause.startsWith('text/') ? 'halt' : 'retry');
}
