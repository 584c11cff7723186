import { DomainError, type Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import type { Planning } from './commands.js';
import { drop } from './drops.js';
import type { EnrollmentEvent } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { acceptedFact, welcomeLate } from './late.js';
import { proceed, stepAfter } from './plan.js';
import type { Reaction } from './reactions.js';
import { isConnected } from './standing.js';
import {
  currentAction,
  hasEnded,
  isInFlight,
  isWaiting,
  type Action,
  type Enrolled,
} from './state.js';

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

/** Of what can be called; nobody calls a task. */
export function kindOf({ kind, actionId }: Action): ActionKind {
  if (kind !== 'task') return kind;
  throw new DomainError('action/is-task', 'A task is done by a person.', { actionId });
}

export function isCallOf(action: Action, { epoch }: { epoch: number }): boolean {
  return isInFlight(action) && action.epoch === epoch;
}

/** The step is done; the next one keeps its delay (F083). Nothing, when the lead is past it or at its end. */
export function moveOn({ state, action, planning, at }: Change): EnrollmentEvent[] {
  const current = currentAction(state);
  if (hasEnded(state) || current?.stepId !== action.stepId) return [];
  const next = () =>
    proceed(state, stepAfter(planning.sequence, current.step), planning, { at, since: at });
  if (current.actionId === action.actionId) return state.deadline === undefined ? next() : [];
  // It was tried again by hand before the first try was seen to have worked: the second must not go.
  if (isInFlight(current)) return [];
  return isWaiting(current) ? [drop(current, 'already_sent', at), ...next()] : next();
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
    case 'gone':
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

const invitations: ReadonlySet<string> = new Set(['visit', 'connect', 'withdraw']);

// The invitation is accepted, or the same step went through in another try.
function isMoot(state: Enrolled, { kind, stepId, actionId }: Action): boolean {
  if (invitations.has(kind) && isConnected(state)) return true;
  return Object.values(state.actions).some(
    (other) => other.stepId === stepId && other.actionId !== actionId && other.status === 'sent',
  );
}

function connected(change: Change): EnrollmentEvent[] {
  const { state, planning, at } = change;
  if (state.acceptedAt !== undefined) return moveOn(change);
  const seen = { acceptedAt: at, witness: 'provider', at };
  const accepted = acceptedFact(state, seen, planning);
  const known = evolveEnrolled(state, accepted);
  const late = welcomeLate(known, planning, { at, since: at });
  return [accepted, ...(late ?? moveOn({ ...change, state: known }))];
}
