import { DomainError } from '@overture/kernel';
import type { RetryAction } from './commands.js';
import { drop } from './drops.js';
import type { EnrollmentEvent } from './events.js';
import { lateAcceptanceCause, lateStart } from './late.js';
import { actionOf } from './move-on.js';
import { openStep } from './open-step.js';
import { proceed } from './plan.js';
import { currentAction, isWaiting, type Action, type Enrolled } from './state.js';

/** By hand, after a halt or a failure: the same step as a new action, so that the old claim can never act again. */
export function retryAction(command: RetryAction, state: Enrolled): EnrollmentEvent[] {
  const action = currentAction(state);
  const { actionId = action?.actionId } = command.data;
  if (actionId !== undefined && actionId !== action?.actionId) return another(state, actionId);
  if (action === undefined || !isHeld(state)) return refuseUnlessRetried(action, state);
  return again(command, state, action);
}

function again({ data }: RetryAction, state: Enrolled, action: Action): EnrollmentEvent[] {
  const { planning, reason = '', at } = data;
  if (state.because === lateAcceptanceCause) {
    return proceed(state, lateStart(state, planning.sequence), planning, { at, since: at });
  }
  const unsettled = action.status === 'unknown' ? [drop(action, 'retried_by_hand', at)] : [];
  const turn = { at, notBefore: at, ...(reason !== '' && { reason }) };
  return [...unsettled, openStep(state, action.step, planning, turn)];
}

function isHeld({ status }: Enrolled): boolean {
  return status === 'halted' || status === 'failed';
}

// Whoever repeats a call means the try it was about, not the one that has taken its place.
function another(state: Enrolled, actionId: string): EnrollmentEvent[] {
  const { stepId } = actionOf(state, actionId);
  const tries = Object.values(state.actions).filter((each) => each.stepId === stepId);
  if (tries.at(-1)?.actionId !== actionId || isLate(state)) return [];
  const { currentActionId = '' } = state;
  throw new DomainError('action/elsewhere', 'This lead stands at another action.', {
    actionId: currentActionId,
  });
}

function refuseUnlessRetried(action: Action | undefined, state: Enrolled): EnrollmentEvent[] {
  const retried = action?.actionId.endsWith('.0') === false || isLate(state);
  if (action !== undefined && isWaiting(action) && retried) return [];
  const { status } = state;
  throw new DomainError('enrollment/not-halted', `Nothing to retry: this lead is ${status}.`, {
    status,
  });
}

// Somebody who came too late was let in by the first retry.
function isLate({ closed, acceptedAt }: Enrolled): boolean {
  return closed !== undefined && acceptedAt !== undefined;
}
