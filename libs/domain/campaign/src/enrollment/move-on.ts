import { DomainError, type Instant } from '@overture/kernel';
import type { Planning } from './commands.js';
import type { ActionDropped, EnrollmentEvent, InvitationAccepted } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { isConnected, proceed } from './plan.js';
import type { Reaction } from './reactions.js';
import { currentAction, hasEnded, isInFlight, type Action, type Enrolled } from './state.js';

/** An outcome of `action` that `state` already holds; what else must happen follows from it. */
export interface Change {
  readonly state: Enrolled;
  readonly action: Action;
  readonly planning: Planning;
  readonly at: Instant;
}

export function actionOf(state: Enrolled, actionId: string): Action {
  const action = state.actions[actionId];
  if (action !== undefined) return action;
  throw new DomainError('action/not-found', 'This action was never planned.', { actionId });
}

export function isCallOf(action: Action, { epoch }: { epoch: number }): boolean {
  return isInFlight(action) && action.epoch === epoch;
}

export function drop({ actionId }: Action, cause: string, at: Instant): ActionDropped {
  return { type: 'ActionDropped', data: { actionId, cause, at } };
}

/** What waits is dropped; what is in flight can only be awaited. */
export function dropPlanned(state: Enrolled, cause: string, at: Instant): EnrollmentEvent[] {
  return Object.values(state.actions)
    .filter((action) => action.status === 'planned')
    .map((action) => drop(action, cause, at));
}

/** The step is done; the next one keeps its delay (F083). Nothing, when the lead is past it or at its end. */
export function moveOn({ state, action, planning, at }: Change): EnrollmentEvent[] {
  const current = currentAction(state);
  if (hasEnded(state) || current?.step !== action.step) return [];
  const next = proceed(state, action.step + 1, planning, { at, since: at });
  if (current.actionId === action.actionId) return next;
  // It was tried again by hand before the first try was seen to have worked: the second must not go.
  if (isInFlight(current)) return [];
  return current.status === 'planned' ? [drop(current, 'already_sent', at), ...next] : next;
}

/** Nothing was sent, so the action stands planned again: let it go unless it is no longer wanted. */
export function giveUp(change: Change): EnrollmentEvent[] {
  const { state, action, at } = change;
  if (hasEnded(state) || state.status === 'halted') return [drop(action, state.status, at)];
  if (!isMoot(state, action)) return [];
  const dropped = drop(action, 'moot', at);
  return [dropped, ...moveOn({ ...change, state: evolveEnrolled(state, dropped) })];
}

/** What a refusal of any kind brings about (F079). */
export function react(reaction: Reaction, change: Change, cause: string): EnrollmentEvent[] {
  const { state, action, at } = change;
  if (hasEnded(state)) return [];
  switch (reaction) {
    case 'retry':
      return [];
    case 'connected':
      return connected(change);
    case 'invited':
      return moveOn(change);
    case 'not_connected':
      return [{ type: 'EnrollmentSkipped', data: { cause: 'NOT_CONNECTED', at } }];
    case 'fail':
      return [{ type: 'EnrollmentFailed', data: { cause, at } }];
    case 'stop':
      return [{ type: 'EnrollmentStopped', data: { cause, at } }];
    case 'halt': {
      if (isMoot(state, action)) return moveOn(change);
      const { actionId } = action;
      return [{ type: 'EnrollmentHalted', data: { actionId, cause, at } }];
    }
  }
}

// The invitation is accepted, or the same step went through in another try.
function isMoot(state: Enrolled, { kind, step, actionId }: Action): boolean {
  if (kind !== 'message' && isConnected(state)) return true;
  return Object.values(state.actions).some(
    (other) => other.step === step && other.actionId !== actionId && other.status === 'sent',
  );
}

function connected(change: Change): EnrollmentEvent[] {
  const { state, at } = change;
  if (state.acceptedAt !== undefined) return moveOn(change);
  const accepted: InvitationAccepted = {
    type: 'InvitationAccepted',
    data: { acceptedAt: at, witness: 'provider', at },
  };
  return [accepted, ...moveOn({ ...change, state: evolveEnrolled(state, accepted) })];
}
