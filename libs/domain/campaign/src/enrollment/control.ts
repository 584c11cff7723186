import { dayMs, DomainError } from '@overture/kernel';
import type { PauseEnrollment, ResumeEnrollment, RetryAction, StopEnrollment } from './commands.js';
import { graceFor } from './deadlines.js';
import type { EnrollmentEvent, EnrollmentResumed } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { lateAcceptanceCause, lateStart } from './late.js';
import { drop, dropWaiting } from './drops.js';
import { openStep } from './open-step.js';
import { proceed } from './plan.js';
import {
  currentAction,
  hasEnded,
  isPaused,
  isWaiting,
  type Action,
  type Enrolled,
} from './state.js';

/** After a pause sync needs a while to see the acceptances of that time. */
export const graceAfterPauseMs = dayMs;

/** Pauses nest: each has an id and only its own resume ends it (I8). A late repeat of one that is over opens nothing. */
export function pauseEnrollment({ data }: PauseEnrollment, state: Enrolled): EnrollmentEvent[] {
  const known = Object.hasOwn(state.pauses, data.pauseId);
  return known || hasEnded(state) ? [] : [{ type: 'EnrollmentPaused', data }];
}

/** The lead goes on exactly where it stood; the plan and its delays were never touched (S4-53, P7). */
export function resumeEnrollment({ data }: ResumeEnrollment, state: Enrolled): EnrollmentEvent[] {
  if (state.pauses[data.pauseId]?.open !== true || hasEnded(state)) return [];
  const resumed: EnrollmentResumed = { type: 'EnrollmentResumed', data };
  if (isPaused(evolveEnrolled(state, resumed))) return [resumed];
  return [resumed, ...graceFor(state, data.at, graceAfterPauseMs)];
}

export function stopEnrollment({ data }: StopEnrollment, state: Enrolled): EnrollmentEvent[] {
  if (hasEnded(state)) return [];
  return [{ type: 'EnrollmentStopped', data }, ...dropWaiting(state, data.cause, data.at)];
}

/** By hand, after a halt or a failure: the same step as a new action, so that the old claim can never act again. */
export function retryAction({ data }: RetryAction, state: Enrolled): EnrollmentEvent[] {
  const action = currentAction(state);
  const given = state.status === 'halted' || state.status === 'failed';
  if (action === undefined || !given) return refuseUnlessRetried(action, state);
  const { planning, reason, at } = data;
  if (state.because === lateAcceptanceCause) {
    return proceed(state, lateStart(state, planning.sequence), planning, { at, since: at });
  }
  const unsettled = action.status === 'unknown' ? [drop(action, 'retried_by_hand', at)] : [];
  const turn = { at, notBefore: at, ...(reason !== undefined && reason !== '' && { reason }) };
  return [...unsettled, openStep(state, action.step, planning, turn)];
}

function refuseUnlessRetried(action: Action | undefined, state: Enrolled): EnrollmentEvent[] {
  const again = action?.actionId.endsWith('.0') === false || isLate(state);
  if (action !== undefined && isWaiting(action) && again) return [];
  throw new DomainError(
    'enrollment/not-halted',
    `Nothing to retry: this lead is ${state.status}.`,
    {
      status: state.status,
    },
  );
}

// Somebody who came too late was let in by the first retry.
function isLate({ closed, acceptedAt }: Enrolled): boolean {
  return closed !== undefined && acceptedAt !== undefined;
}
