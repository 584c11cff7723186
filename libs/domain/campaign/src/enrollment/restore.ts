import { DomainError, type Instant } from '@overture/kernel';
import { goOn } from './acceptance.js';
import type { Planning } from './commands.js';
import { planFrom } from './enroll.js';
import type { EnrollmentEvent, Plan } from './events.js';
import { freshActionId } from './ids.js';
import { withoutAnswer } from './invitation-gone.js';
import { moveOn } from './move-on.js';
import {
  currentAction,
  hasEnded,
  isInFlight,
  type Action,
  type Enrolled,
  type Standing,
} from './state.js';

export interface Restoring {
  /** The lead as it stood, with what happened to its actions since. */
  readonly state: Enrolled;
  readonly before: Standing;
  readonly planning: Planning;
  readonly at: Instant;
}

/** Brings back exactly the plan that was dropped: same step, time, zone and priority, under a fresh action (M14). */
export function restore({ state, before, planning, at }: Restoring): EnrollmentEvent[] {
  if (hasEnded(state) || state.status === 'halted') return [];
  if (state.status === 'checking') {
    return state.relation === undefined ? [] : planFrom(state, planning, at);
  }
  const led = answeredSince({ state, before, planning, at });
  if (led.length > 0) return led;
  if (state.deadline !== undefined) {
    return [{ type: 'DeadlineSet', data: { ...state.deadline, at } }];
  }
  const action = currentAction(state);
  return action === undefined ? [] : again(state, action, { before, planning, at });
}

/** What an acceptance, or the end of the invitation, leads to that was seen while nobody could act on it. */
function answeredSince({ state, before, planning, at }: Restoring): EnrollmentEvent[] {
  if (state.acceptedAt === undefined) {
    const waits = state.deadline !== undefined && state.deadline.kind !== 'wait';
    return waits && state.invitation === 'lapsed' ? withoutAnswer(state, planning, at) : [];
  }
  if (before.acceptedAt !== undefined) return [];
  return goOn(state, planning, { at, since: state.acceptedAt });
}

function again(
  state: Enrolled,
  action: Action,
  { before, planning, at }: Omit<Restoring, 'state'>,
): EnrollmentEvent[] {
  if (isInFlight(action)) return [];
  switch (action.status) {
    case 'sent':
    case 'done':
      return moveOn({ state, action, planning, at });
    case 'dropped':
      return [reopened(state, action, before, at)];
    case 'failed': {
      const { actionId } = action;
      const cause = 'failed_meanwhile';
      return [{ type: 'EnrollmentHalted', data: { actionId, cause, at } }];
    }
    default:
      return [];
  }
}

function reopened(state: Enrolled, action: Action, before: Standing, at: Instant): EnrollmentEvent {
  const { step, actionId: restores, notBefore, plan, expiresAt } = action;
  const actionId = freshActionId(state, step);
  if (plan === undefined) {
    const stepId = action.stepId === `s${step + 1}` ? {} : { stepId: action.stepId };
    const data = { actionId, step, ...stepId, dueAt: notBefore, restores, at };
    return { type: 'TaskOpened', data };
  }
  const same: Plan = { ...plan, actionId, restores };
  return before.actionStatus === 'drafted' && expiresAt !== undefined
    ? { type: 'DraftOpened', data: { ...same, expiresAt, at } }
    : { type: 'ActionPlanned', data: { ...same, at } };
}

/** What is being done right now cannot be taken back; its outcome is awaited first. */
export function refuseInFlight(state: Enrolled): void {
  const action = currentAction(state);
  if (action === undefined || !isInFlight(action)) return;
  throw new DomainError('action/in-flight', `Claim ${action.epoch} is not settled yet.`, {
    actionId: action.actionId,
    epoch: action.epoch,
  });
}
