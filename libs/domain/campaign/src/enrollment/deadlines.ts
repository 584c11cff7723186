import { plus, type Instant } from '@overture/kernel';
import { taken } from './branching.js';
import type { PassDeadline, Planning } from './commands.js';
import { expireDraft } from './drafts.js';
import type { EnrollmentEvent } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { openStep } from './open-step.js';
import { proceed, stepAfter } from './plan.js';
import {
  currentAction,
  hasEnded,
  isPaused,
  isWaiting,
  type Action,
  type Deadline,
  type Enrolled,
} from './state.js';

/** When time alone changes something for this lead; undefined while it is paused, halted or at its end. */
export function deadlineOf(state: Enrolled): Instant | undefined {
  if (hasEnded(state) || state.status === 'halted' || isPaused(state)) return undefined;
  return state.deadline === undefined ? expiryOf(currentAction(state)) : state.deadline.dueAt;
}

function expiryOf(action: Action | undefined): Instant | undefined {
  return action !== undefined && isWaiting(action) ? action.expiresAt : undefined;
}

/** Time has come. While paused nobody could have seen an acceptance, so everything waits for the resume. */
export function passDeadline(
  { data: { planning, at } }: PassDeadline,
  state: Enrolled,
): EnrollmentEvent[] {
  const passed: EnrollmentEvent[] = [];
  let known = state;
  // What came due in the meantime passes as well: a loop that was late leaves nothing behind.
  for (let next = pass(known, planning, at); next.length > 0; next = pass(known, planning, at)) {
    passed.push(...next);
    known = next.reduce(evolveEnrolled, known);
  }
  return passed;
}

function pass(state: Enrolled, planning: Planning, at: Instant): EnrollmentEvent[] {
  const dueAt = deadlineOf(state);
  if (dueAt === undefined || dueAt > at) return [];
  return state.deadline === undefined
    ? expireDraft(state, at)
    : after(state, state.deadline, planning, at);
}

function after(
  state: Enrolled,
  { kind, dueAt, step = 0 }: Deadline,
  planning: Planning,
  at: Instant,
): EnrollmentEvent[] {
  const timing = { at, since: dueAt };
  switch (kind) {
    case 'wait':
      return proceed(state, stepAfter(planning.sequence, step), planning, timing);
    case 'branch':
      return notAccepted(state, step, planning, timing);
    case 'acceptance':
      return expire(state, planning, at);
  }
}

function notAccepted(
  state: Enrolled,
  step: number,
  planning: Planning,
  timing: { at: Instant; since: Instant },
): EnrollmentEvent[] {
  const branch = planning.sequence.steps[step]?.branch;
  const days = branch?.when === 'accepted_within' ? branch.days : 0;
  const outcome = { outcome: 'no', because: `not_accepted_within_${days}_days` } as const;
  const { events, next } = taken(planning.sequence, step, outcome, timing.at);
  return [...events, ...proceed(state, next, planning, timing)];
}

// Stale invitations pile up and count against the identity: who wants it takes them back (F014, P21).
function expire(state: Enrolled, planning: Planning, at: Instant): EnrollmentEvent[] {
  const { steps, whenNotAccepted } = planning.sequence;
  const withdraws = whenNotAccepted === 'withdraw' && state.invitation === 'open';
  if (!withdraws) return [{ type: 'EnrollmentExpired', data: { at } }];
  return [openStep(state, steps.length, planning, { at, notBefore: at })];
}

/** After a pause an acceptance of that time may be seen yet. */
export function graceFor(state: Enrolled, at: Instant, graceMs: number): EnrollmentEvent[] {
  const { deadline } = state;
  if (deadline === undefined || deadline.kind === 'wait' || hasEnded(state)) return [];
  const graceUntil = plus(at, graceMs);
  if (deadline.dueAt >= graceUntil || state.status !== 'invited') return [];
  return [{ type: 'DeadlineSet', data: { ...deadline, dueAt: graceUntil, at } }];
}
