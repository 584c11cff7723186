import { dayMs } from '@overture/kernel';
import type { PauseEnrollment, ResumeEnrollment, StopEnrollment } from './commands.js';
import { graceFor } from './deadlines.js';
import type { EnrollmentEvent, EnrollmentResumed } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { dropWaiting } from './drops.js';
import { hasEnded, isPaused, type Enrolled } from './state.js';

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
  // Whoever waits for the correction of a colleague's reply waits no more: this stop is for good.
  const isForGood = state.beforeStop !== undefined && data.companyKey === undefined;
  if (hasEnded(state) && !(state.status === 'stopped' && isForGood)) return [];
  return [{ type: 'EnrollmentStopped', data }, ...dropWaiting(state, data.cause, data.at)];
}
