import type { Instant } from '@overture/kernel';
import { taken } from './branching.js';
import type { Planning, RecordInvitationGone } from './commands.js';
import type { InvitationLapsed } from './course-events.js';
import { drop } from './drops.js';
import type { EnrollmentEvent } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { openStep } from './open-step.js';
import { proceed, stepAfter } from './plan.js';
import { awaitsAnswer, isConnected } from './standing.js';
import {
  currentAction,
  hasEnded,
  isInFlight,
  type Action,
  type Deadline,
  type Enrolled,
} from './state.js';
import { invitationGone, unanswered } from './unanswered.js';

/**
 * An invitation is not open any more and nobody accepted: withdrawn by hand, declined, or run out; LinkedIn does not tell
 * which. Whoever waits for the answer goes on without one, and no new invitation goes before the lock is over (F014, P21).
 */
export function recordInvitationGone(
  { data: { planning, ...seen } }: RecordInvitationGone,
  state: Enrolled,
): EnrollmentEvent[] {
  if (!isNews(state, seen)) return [];
  const lapsed: InvitationLapsed = { type: 'InvitationLapsed', data: seen };
  return [lapsed, ...withoutAnswer(evolveEnrolled(state, lapsed), planning, seen.at)];
}

/** What an invitation that is gone leads to, where its answer mattered. */
export function withoutAnswer(state: Enrolled, planning: Planning, at: Instant): EnrollmentEvent[] {
  if (hasEnded(state) || state.status === 'halted') return [];
  if (state.deadline !== undefined) return instead(state, state.deadline, planning, at);
  const action = currentAction(state);
  if (action === undefined) return [];
  if (action.kind === 'withdraw') return nothingToTakeBack(state, action, planning, at);
  return action.kind === 'connect' ? later(state, action, planning, at) : [];
}

type Seen = Omit<RecordInvitationGone['data'], 'planning'>;

function isNews(state: Enrolled, { goneAt, reinviteLockedUntil }: Seen): boolean {
  if (state.campaignType === 'messenger' || isAnsweredOrGone(state)) return false;
  const { invitedAt, reinviteLockedUntil: known } = state;
  // An older one than ours: ours is still open.
  if (awaitsAnswer(state)) return invitedAt === undefined || invitedAt < goneAt;
  // Somebody invited and withdrew by hand before it is our turn.
  return !hasEnded(state) && (known === undefined || known < reinviteLockedUntil);
}

function isAnsweredOrGone(state: Enrolled): boolean {
  const { invitation } = state;
  return (
    invitation === 'withdrawn' ||
    invitation === 'lapsed' ||
    isConnected(state) ||
    takesItBack(state)
  );
}

// The outcome of our own withdrawal tells by itself what it did.
function takesItBack({ actions }: Enrolled): boolean {
  return Object.values(actions).some((action) => action.kind === 'withdraw' && isInFlight(action));
}

function instead(
  state: Enrolled,
  { kind, step = 0 }: Deadline,
  planning: Planning,
  at: Instant,
): EnrollmentEvent[] {
  const { sequence } = planning;
  switch (kind) {
    case 'wait':
      return [];
    case 'acceptance':
      return [unanswered(sequence, at)];
    case 'branch': {
      const because = { outcome: 'no', because: invitationGone } as const;
      const { events, next } = taken(sequence, step, because, at);
      return [...events, ...proceed(state, next, planning, { at, since: at })];
    }
  }
}

function nothingToTakeBack(
  state: Enrolled,
  action: Action,
  planning: Planning,
  at: Instant,
): EnrollmentEvent[] {
  if (action.status !== 'planned' && action.status !== 'drafted') return [];
  const next = stepAfter(planning.sequence, action.step);
  return [drop(action, invitationGone, at), ...proceed(state, next, planning, { at, since: at })];
}

// A draft stays with its words; once it is approved it goes no sooner either.
function later(
  state: Enrolled,
  action: Action,
  planning: Planning,
  at: Instant,
): EnrollmentEvent[] {
  const { reinviteLockedUntil = at } = state;
  if (action.status !== 'planned' || action.notBefore >= reinviteLockedUntil) return [];
  const dropped = drop(action, 'reinvite_locked', at);
  const known = evolveEnrolled(state, dropped);
  return [dropped, openStep(known, action.step, planning, { at, notBefore: action.notBefore })];
}
