import { DomainError, type Instant } from '@overture/kernel';
import { afterInvitation, waysOf } from '../campaign/graph.js';
import type { Sequence } from '../campaign/sequence.js';
import type { CompleteTask, SkipStep } from './commands.js';
import type { StepSkipped, TaskCompleted } from './course-events.js';
import type { EnrollmentEvent } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { drop, dropWaiting } from './drops.js';
import { actionOf } from './move-on.js';
import { stepNameAt } from './open-step.js';
import { proceed, stepAfter } from './plan.js';
import { refuseInFlight } from './restore.js';
import { currentAction, hasEnded, isWaiting, type Enrolled } from './state.js';

/** The step a lead stands at is left out, once; of a branch that waits the no-path is taken (F018). */
export function skipStep(
  { data: { planning, stepId, ...said } }: SkipStep,
  state: Enrolled,
): EnrollmentEvent[] {
  const { sequence } = planning;
  const place = placeOf(state, sequence);
  const skipped = skippedFact(state, place, sequence, said);
  const isHere = skipped.data.stepId === stepId && mayGoOn(state);
  if (!isHere && state.skippedSteps.includes(stepId)) return [];
  refuseUnlessAtStep(state);
  refuseElsewhere(stepId, skipped);
  const { at } = said;
  const dropped = leftOver(state, at);
  const known = [skipped, ...dropped].reduce(evolveEnrolled, state);
  const next =
    sequence.steps[place]?.kind === 'branch'
      ? waysOf(sequence.steps, place).no
      : stepAfter(sequence, place);
  return [skipped, ...dropped, ...proceed(known, next, planning, { at, since: at })];
}

function refuseUnlessAtStep(state: Enrolled): void {
  const { status } = state;
  if (!mayGoOn(state)) {
    throw new DomainError('enrollment/ended', `This enrollment is ${status}.`, { status });
  }
  if (status === 'checking') {
    throw new DomainError('enrollment/checking', 'This lead has no step yet.');
  }
  if (status !== 'halted') refuseInFlight(state);
}

function mayGoOn(state: Enrolled): boolean {
  return !hasEnded(state) || state.status === 'failed';
}

/** Ticked off by whoever did it (F011). */
export function completeTask(
  { data: { planning, ...said } }: CompleteTask,
  state: Enrolled,
): EnrollmentEvent[] {
  const task = actionOf(state, said.actionId);
  if (task.kind !== 'task') {
    throw new DomainError('task/not-found', 'This action is no task.', { actionId: said.actionId });
  }
  if (task.status === 'done') return [];
  if (task.status !== 'todo' || hasEnded(state)) {
    throw new DomainError('task/closed', `This task is not to be done any more: ${state.status}.`, {
      status: state.status,
    });
  }
  const done: TaskCompleted = { type: 'TaskCompleted', data: said };
  const known = evolveEnrolled(state, done);
  const timing = { at: said.at, since: said.at };
  return [done, ...proceed(known, stepAfter(planning.sequence, task.step), planning, timing)];
}

function placeOf(state: Enrolled, { steps }: Sequence): number {
  const { deadline } = state;
  if (deadline !== undefined) return deadline.step ?? afterInvitation(steps) ?? steps.length;
  return currentAction(state)?.step ?? 0;
}

function skippedFact(
  state: Enrolled,
  step: number,
  sequence: Sequence,
  said: { reason: string; by: string; at: Instant },
): StepSkipped {
  const action = state.deadline === undefined ? currentAction(state) : undefined;
  const { stepId = stepNameAt(sequence, step), actionId = '' } = action ?? {};
  return { type: 'StepSkipped', data: { step, stepId, actionId, ...said } };
}

// A call of unknown outcome that a person gives up is given up for good; if it worked, that is recorded all the same.
function leftOver(state: Enrolled, at: Instant): EnrollmentEvent[] {
  const waiting = dropWaiting(state, 'skipped_by_hand', at);
  const action = currentAction(state);
  const unsettled = state.status === 'halted' && action !== undefined && !isWaiting(action);
  return unsettled && action.status === 'unknown'
    ? [...waiting, drop(action, 'skipped_by_hand', at)]
    : waiting;
}

function refuseElsewhere(stepId: string, { data }: StepSkipped): void {
  if (stepId === data.stepId) return;
  throw new DomainError('step/elsewhere', `This lead stands at step "${data.stepId}".`, {
    stepId: data.stepId,
  });
}
