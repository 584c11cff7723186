import { dayMs, msBetween, plus, type Instant } from '@overture/kernel';
import { afterInvitation } from '../campaign/graph.js';
import type { CheckRelation, EnrollLead, Planning } from './commands.js';
import type { EnrollmentEvent, RelationChecked, ReplyReceived } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { outline } from './outline.js';
import { proceed } from './plan.js';
import { isConnected } from './standing.js';
import type { Enrolled, Enrollment } from './state.js';

/** After the last message by either side, before the first of ours, unless the campaign says otherwise (S4-20). */
export const cooldownMs = 3 * dayMs;

export function enrollLead({ data }: EnrollLead, state: Enrollment): EnrollmentEvent[] {
  return state.status === 'new' ? [{ type: 'LeadEnrolled', data }] : [];
}

/** Looks before anything is planned: who is connected, who was written to lately, who wrote first (S2-30, S4-54). */
export function checkRelation({ data }: CheckRelation, state: Enrolled): EnrollmentEvent[] {
  if (state.status !== 'checking') return [];
  const checked = relationChecked(data);
  if (data.lastMessageFromLead) return [checked, replied(data)];
  if (data.passOver !== undefined) return [checked, skipped(data.passOver, data.at)];
  return [checked, ...planFrom(evolveEnrolled(state, checked), data.planning, data.at)];
}

function skipped(cause: string, at: Instant): EnrollmentEvent {
  return { type: 'EnrollmentSkipped', data: { cause, at } };
}

/** The plan of a lead whose relation is known; also when a person says that its early reply was none. */
export function planFrom(state: Enrolled, planning: Planning, at: Instant): EnrollmentEvent[] {
  const { sequence } = planning;
  if (state.campaignType === 'messenger' && !isConnected(state)) {
    return [skipped('NOT_CONNECTED', at)];
  }
  // An invitation that is open already, or a connection, leaves nothing to ask for (S4-19, S4-32).
  const invited = isConnected(state) || state.invitation === 'open';
  const isConnector = state.campaignType === 'connector';
  const first = (isConnector && invited ? afterInvitation(sequence.steps) : undefined) ?? 0;
  const steps = outline(state, first, sequence, at);
  return [
    { type: 'SequencePlanned', data: { steps, at } },
    ...proceed(state, first, planning, { at, since: at }),
  ];
}

function relationChecked(seen: CheckRelation['data']): RelationChecked {
  const { relation, lastMessageAt, lastMessageFromLead, at } = seen;
  const { repliedBefore, reinviteLockedUntil, cooldownMs: waitMs = cooldownMs } = seen;
  const data = {
    relation,
    lastMessageFromLead,
    ...(repliedBefore && { repliedBefore }),
    ...(reinviteLockedUntil && { reinviteLockedUntil }),
    at,
  };
  if (lastMessageAt === undefined) return { type: 'RelationChecked', data };
  if (msBetween(lastMessageAt, at) >= waitMs) {
    return { type: 'RelationChecked', data: { ...data, lastMessageAt } };
  }
  const cooldownUntil = plus(lastMessageAt, waitMs);
  return { type: 'RelationChecked', data: { ...data, lastMessageAt, cooldownUntil } };
}

// The lead spoke last before we began: a person takes over (S4-21). The listing names no message, only its time.
function replied({ lastMessageAt, at }: CheckRelation['data']): ReplyReceived {
  const repliedAt = lastMessageAt ?? at;
  const messageId = `last-message-at-${repliedAt}`;
  return { type: 'ReplyReceived', data: { messageId, repliedAt, witness: 'relation_check', at } };
}
