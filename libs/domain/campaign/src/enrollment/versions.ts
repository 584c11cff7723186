import { dayMs, DomainError, plus, type Instant } from '@overture/kernel';
import { afterInvitation, placeOf, stepIdOf } from '../campaign/graph.js';
import type { Sequence } from '../campaign/sequence.js';
import type { MoveToVersion, UndoMove } from './commands.js';
import type { EnrollmentEvent, SequencePlanned } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { dropWaiting } from './drops.js';
import { outline } from './outline.js';
import { proceed } from './plan.js';
import { refuseInFlight, restore } from './restore.js';
import { currentAction, hasEnded, isInFlight, type Enrolled, type Enrollment } from './state.js';

/** Where a lead would land in another version, or why it would not be moved (M10, P16). */
export type Landing =
  | {
      readonly lands: 'same_step' | 'first_open_step';
      readonly step: number;
      readonly stepId: string;
    }
  /** It has not begun: it follows the other version from its start. */
  | { readonly lands: 'start' }
  | { readonly lands: 'nowhere'; readonly because: string };

/** Pure: the same answer for the preview and for the move. */
export function previewMove(state: Enrollment, from: Sequence, to: Sequence): Landing {
  if (state.status === 'new') return { lands: 'nowhere', because: 'not_enrolled' };
  const because = whyNot(state, from, to);
  if (because !== '') return { lands: 'nowhere', because };
  if (state.status === 'checking') return { lands: 'start' };
  const here = standsAt(state);
  const same = placeOf(to.steps, here ?? stepIdOf(from.steps, waitsAt(state, from)));
  if (same !== undefined && same < to.steps.length) {
    return { lands: 'same_step', step: same, stepId: stepIdOf(to.steps, same) };
  }
  const done = doneSteps(state);
  const open = to.steps.findIndex((_, index) => !done.has(stepIdOf(to.steps, index)));
  if (open === -1) return { lands: 'nowhere', because: 'every_step_is_done' };
  return { lands: 'first_open_step', step: open, stepId: stepIdOf(to.steps, open) };
}

/** Moves one lead on purpose; what waited is dropped, what is in flight is awaited first (F016). */
export function moveToVersion({ data }: MoveToVersion, state: Enrolled): EnrollmentEvent[] {
  const { moveId, from, planning, reason, by, at } = data;
  const to = planning.sequence;
  if (state.beforeMove?.moveId === moveId || state.sequenceVersion === to.version) return [];
  const landing = previewMove(state, from, to);
  if (landing.lands === 'nowhere') {
    const { because } = landing;
    throw new DomainError('move/refused', `This lead is not moved: ${because}.`, { because });
  }
  const step = landing.lands === 'start' ? -1 : landing.step;
  const versions = { fromVersion: from.version, toVersion: to.version };
  const moved: EnrollmentEvent = {
    type: 'EnrollmentMoved',
    data: { moveId, ...versions, step, reason, by, at },
  };
  if (landing.lands === 'start') return [moved];
  const dropped = dropWaiting(state, 'moved', at);
  const known = [moved, ...dropped].reduce(evolveEnrolled, state);
  const since = landing.lands === 'same_step' ? sinceOf(state, from, at) : at;
  const planned: SequencePlanned = {
    type: 'SequencePlanned',
    data: { steps: outline(known, landing.step, to, at), at },
  };
  return [moved, ...dropped, planned, ...proceed(known, landing.step, planning, { at, since })];
}

/** Brings back exactly the plan from before the move. */
export function undoMove({ data }: UndoMove, state: Enrolled): EnrollmentEvent[] {
  const { planning, ...said } = data;
  const before = state.beforeMove;
  if (before?.moveId !== data.moveId) return [];
  refuseInFlight(state);
  if (hasEnded(state) && state.status !== 'completed') return [];
  refuseIfGoneOn(state);
  const undone: EnrollmentEvent = {
    type: 'MoveUndone',
    data: { ...said, toVersion: before.sequenceVersion },
  };
  const dropped = dropWaiting(state, 'move_undone', data.at);
  const known = [...dropped, undone].reduce(evolveEnrolled, state);
  return [...dropped, undone, ...restore({ state: known, before, planning, at: data.at })];
}

function whyNot(state: Enrolled, from: Sequence, to: Sequence): string {
  if (hasEnded(state)) return state.status;
  if (state.status === 'halted') return 'halted';
  if (from.version !== state.sequenceVersion) return `follows_version_${state.sequenceVersion}`;
  if (to.version === state.sequenceVersion) return 'follows_it_already';
  const action = currentAction(state);
  return action !== undefined && isInFlight(action) ? 'in_flight' : '';
}

/** The name of the step whose turn it is; undefined while only time or LinkedIn is waited for. */
function standsAt(state: Enrolled): string | undefined {
  return state.deadline === undefined ? currentAction(state)?.stepId : undefined;
}

function waitsAt({ deadline }: Enrolled, { steps }: Sequence): number {
  return deadline?.step ?? afterInvitation(steps) ?? 0;
}

// What a person left out stays left out: its call may have had an effect that nobody could see.
function doneSteps({ actions, skippedSteps }: Enrolled): ReadonlySet<string> {
  const done = Object.values(actions).filter(({ status }) => isDone.has(status));
  return new Set([...skippedSteps, ...done.map(({ stepId }) => stepId)]);
}

const isDone: ReadonlySet<string> = new Set(['sent', 'done']);

/** The moment from which the delay of the current step counts: it is not begun anew by a move. */
function sinceOf(state: Enrolled, from: Sequence, at: Instant): Instant {
  const { deadline } = state;
  if (deadline !== undefined) return plus(deadline.dueAt, -lengthOf(from, deadline));
  const action = currentAction(state);
  if (action === undefined) return at;
  return plus(action.notBefore, -(from.steps[action.step]?.delayMs ?? 0));
}

function lengthOf(
  { steps, acceptWithinDays }: Sequence,
  { kind, step = 0 }: NonNullable<Enrolled['deadline']>,
): number {
  const { delayMs = 0, branch } = steps[step] ?? {};
  if (kind === 'wait') return delayMs;
  if (branch?.when === 'accepted_within') return branch.days * dayMs;
  return acceptWithinDays * dayMs;
}

// What happened since the move happened on the other version: there is no plan left to go back to.
function refuseIfGoneOn({ beforeMove, actions }: Enrolled): void {
  const { knownActions = [] } = beforeMove ?? {};
  const happened = Object.values(actions).filter(
    ({ actionId, status }) => !knownActions.includes(actionId) && happenedOf.has(status),
  );
  if (happened.length === 0) return;
  throw new DomainError('move/gone-on', 'This lead has gone on since it was moved.', {
    steps: happened.map(({ stepId }) => stepId),
  });
}

const happenedOf: ReadonlySet<string> = new Set(['sent', 'done', 'failed', 'unknown', 'intended']);
