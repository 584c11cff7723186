import type { Action } from './state.js';

/** What a refusal means for the lead: the error taxonomy (F079, S2-38..40, S4-29..36). */
export type Reaction =
  'retry' | 'connected' | 'invited' | 'gone' | 'not_connected' | 'fail' | 'stop' | 'halt';

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
const byKind: Readonly<Record<string, Readonly<Record<string, Reaction>>>> = {
  connect: byConnectLabel,
  message: { NOT_CONNECTED: 'not_connected' },
  // What is to be taken back is not there any more.
  withdraw: { ALREADY_CONNECTED: 'connected', INVITATION_NOT_FOUND: 'gone' },
};

/** Anything without a rule waits for a person: guessing would contact somebody by accident. */
export function reactionToLabel(kind: Action['kind'], label: string): Reaction {
  return byKind[kind]?.[label] ?? byLabel[label] ?? 'halt';
}

const byCause: Readonly<Record<string, Reaction>> = {
  'relation/already-connected': 'connected',
  'relation/invitation-pending': 'invited',
  'relation/not-connected': 'not_connected',
  'relation/no-invitation': 'gone',
  'do-not-contact/listed': 'stop',
  'person/worked-elsewhere': 'stop',
};

// A text that cannot be rendered, a draft that is not what was approved: only a person can help.
const haltingCauses = /^(?:text|draft|variant)\//;

/** A claim given back before the call: most causes pass by themselves, the others would only come back. */
export function reactionToCause(cause: string): Reaction {
  return byCause[cause] ?? (haltingCauses.test(cause) ? 'halt' : 'retry');
}
