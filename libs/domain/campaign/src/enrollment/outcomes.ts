import type {
  RecordAbsent,
  RecordAccepted,
  RecordConfirmed,
  RecordRejected,
  RecordReleased,
  RecordUndecided,
  RecordUnknown,
} from './commands.js';
import type { ActionSucceeded, EnrollmentEvent } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { drop } from './drops.js';
import { actionOf, giveUp, isCallOf, kindOf, moveOn, react } from './move-on.js';
import { reactionToCause, reactionToLabel } from './reactions.js';
import { hasEnded, type Action, type Enrolled } from './state.js';

/** An effect is a fact whichever claim had it, and whatever we believed: it is always recorded, once (I1). */
export function recordSent(
  { type, data }: RecordAccepted | RecordConfirmed,
  state: Enrolled,
): EnrollmentEvent[] {
  const action = actionOf(state, data.actionId);
  if (action.status === 'sent') return [];
  if ('alreadyConnected' in data && data.alreadyConnected) return wasConnected(state, action, data);
  const { actionId, messageType } = action;
  const kind = kindOf(action);
  const readBack = type === 'RecordConfirmed';
  const succeeded: ActionSucceeded = {
    type: 'ActionSucceeded',
    data: { actionId, epoch: data.epoch, kind, messageType, readBack, at: data.at },
  };
  return [succeeded, ...moveOn({ state: evolveEnrolled(state, succeeded), action, ...data })];
}

// The provider took the invitation and sent none: the step is done without an effect (S4-31).
function wasConnected(
  state: Enrolled,
  action: Action,
  data: RecordAccepted['data'],
): EnrollmentEvent[] {
  if (!isCallOf(action, data)) return [];
  const dropped = drop(action, 'already_connected', data.at);
  const change = { state: evolveEnrolled(state, dropped), action, ...data };
  return [dropped, ...react('connected', change, '')];
}

export function recordRejected({ data }: RecordRejected, state: Enrolled): EnrollmentEvent[] {
  const action = actionOf(state, data.actionId);
  if (!isCallOf(action, data)) return [];
  const { actionId, epoch, label, at } = data;
  const reaction = reactionToLabel(action.kind, label);
  const retry = reaction === 'retry';
  const rejected: EnrollmentEvent = {
    type: 'ActionRejected',
    data: { actionId, epoch, kind: kindOf(action), label, retry, at },
  };
  const change = { state: evolveEnrolled(state, rejected), action, ...data };
  return [rejected, ...(retry ? giveUp(change) : react(reaction, change, label))];
}

export function recordUnknown({ data }: RecordUnknown, state: Enrolled): EnrollmentEvent[] {
  const action = actionOf(state, data.actionId);
  if (action.status !== 'intended' || action.epoch !== data.epoch) return [];
  return [{ type: 'ActionOutcomeUnknown', data }];
}

export function recordAbsent({ data }: RecordAbsent, state: Enrolled): EnrollmentEvent[] {
  const action = actionOf(state, data.actionId);
  return isCallOf(action, data) ? foundAbsent(state, action, data) : [];
}

/** Nobody can tell whether it was sent: this lead waits for a person, and the cap stays used (I10). */
export function recordUndecided({ data }: RecordUndecided, state: Enrolled): EnrollmentEvent[] {
  const action = actionOf(state, data.actionId);
  const isOpen = isCallOf(action, data) && state.currentActionId === data.actionId;
  if (!isOpen || state.status === 'halted') return [];
  return react('halt', { state, action, ...data }, 'OUTCOME_UNKNOWN');
}

/** Nothing was sent, by our own decision. Some causes would only come back, so they are acted on here. */
export function recordReleased({ data }: RecordReleased, state: Enrolled): EnrollmentEvent[] {
  const action = actionOf(state, data.actionId);
  if (isCallOf(action, data)) return foundAbsent(state, action, data);
  const refused = action.status === 'planned' && data.epoch > action.epoch && !hasEnded(state);
  const reaction = reactionToCause(data.cause);
  if (!refused || reaction === 'retry') return [];
  const dropped = drop(action, data.cause, data.at);
  const change = { state: evolveEnrolled(state, dropped), action, ...data };
  return [dropped, ...react(reaction, change, data.cause)];
}

function foundAbsent(
  state: Enrolled,
  action: Action,
  data: RecordAbsent['data'],
): EnrollmentEvent[] {
  const { actionId, epoch, at } = data;
  const absent: EnrollmentEvent = { type: 'ActionFoundAbsent', data: { actionId, epoch, at } };
  return [absent, ...giveUp({ state: evolveEnrolled(state, absent), action, ...data })];
}
