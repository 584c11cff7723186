import { dayMs, DomainError, latest, plus, type Instant } from '@overture/kernel';
import { afterInvitation, nextOf } from '../campaign/graph.js';
import type { Sequence, Step } from '../campaign/sequence.js';
import { takeBranch } from './branching.js';
import type { Planning } from './commands.js';
import type { DeadlineSet, EnrollmentEvent } from './events.js';
import { needsConnection, openStep, stepNameAt } from './open-step.js';
import { isConnected } from './standing.js';
import type { Enrolled } from './state.js';
import { unanswered } from './unanswered.js';

/** When a plan is made, and from which moment its delay counts. */
export interface Timing {
  readonly at: Instant;
  readonly since: Instant;
}

/** What follows once everything before `index` is done: an action, a wait, a person's turn, or the end. */
export function proceed(
  state: Enrolled,
  index: number,
  planning: Planning,
  timing: Timing,
): EnrollmentEvent[] {
  refuseOtherVersion(state, planning.sequence);
  const passed: EnrollmentEvent[] = [];
  let next = index;
  for (let way = passOn(state, next, planning, timing.at); way;) {
    passed.push(...way.events);
    next = way.next;
    way = passOn(state, next, planning, timing.at);
  }
  return [...passed, stopAt(state, next, planning, timing)];
}

/** The place after a step; after the withdrawal that follows the last one there is nothing. */
export function stepAfter({ steps }: Sequence, index: number): number {
  return index >= steps.length ? steps.length + 1 : nextOf(steps, index);
}

interface Way {
  readonly events: readonly EnrollmentEvent[];
  readonly next: number;
}

/** Where a step leads at once, because there is nothing to do or to wait for. */
function passOn(state: Enrolled, index: number, planning: Planning, at: Instant): Way | undefined {
  const { steps } = planning.sequence;
  const step = steps[index];
  if (step === undefined) return undefined;
  if (step.kind === 'branch') return takeBranch(state, index, planning, at);
  return isMoot(state, step) ? { events: [], next: nextOf(steps, index) } : undefined;
}

/** There is nothing to do about this step: it is so already. */
export function isMoot(state: Enrolled, { kind, delayMs }: Step): boolean {
  const unanswered = state.invitation === 'open' && !isConnected(state);
  if (kind === 'connect') return unanswered || isConnected(state);
  if (kind === 'withdraw') return !unanswered;
  return kind === 'wait' && delayMs === 0;
}

function stopAt(
  state: Enrolled,
  index: number,
  planning: Planning,
  { at, since }: Timing,
): EnrollmentEvent {
  const { sequence } = planning;
  const step = sequence.steps[index];
  if (step === undefined) return atEnd(state, index, sequence, { at, since });
  const stepId = stepNameAt(sequence, index);
  if (step.kind === 'wait') {
    return waitFor({ kind: 'wait', dueAt: plus(since, step.delayMs), step: index, stepId, at });
  }
  if (step.kind === 'branch') {
    return waitFor({ kind: 'branch', dueAt: plus(since, lengthOf(step)), step: index, stepId, at });
  }
  if (needsConnection(state, step) && !isConnected(state)) {
    return state.invitation === 'lapsed'
      ? unanswered(sequence, at)
      : acceptanceDeadline(sequence, index, since, at);
  }
  const notBefore = notBeforeOf(state, plus(since, step.delayMs));
  return openStep(state, index, planning, { at, notBefore });
}

function lengthOf({ branch }: Step): number {
  return branch?.when === 'accepted_within' ? branch.days * dayMs : 0;
}

function atEnd(
  state: Enrolled,
  index: number,
  sequence: Sequence,
  { at, since }: Timing,
): EnrollmentEvent {
  const unanswered = state.invitation === 'open' && !isConnected(state);
  const isLast = index === sequence.steps.length;
  if (isLast && unanswered && sequence.whenNotAccepted === 'withdraw') {
    return acceptanceDeadline(sequence, index, since, at);
  }
  const withdrawn = !isLast && takenBack.has(state.invitation);
  return { type: withdrawn ? 'EnrollmentWithdrawn' : 'EnrollmentCompleted', data: { at } };
}

const takenBack: ReadonlySet<Enrolled['invitation']> = new Set(['withdrawn', 'lapsed']);

function acceptanceDeadline(
  sequence: Sequence,
  index: number,
  since: Instant,
  at: Instant,
): DeadlineSet {
  const { steps, acceptWithinDays } = sequence;
  const stepId = stepNameAt(sequence, index);
  const waiting = { kind: 'acceptance', dueAt: plus(since, acceptWithinDays * dayMs) } as const;
  // The step right after the invitation is where an acceptance leads anyway.
  const led = index === afterInvitation(steps) && index < steps.length;
  return waitFor({ ...waiting, ...(!led && { step: index }), stepId, at });
}

function waitFor(data: DeadlineSet['data']): DeadlineSet {
  return { type: 'DeadlineSet', data };
}

export function notBeforeOf(state: Enrolled, at: Instant): Instant {
  return state.cooldownUntil === undefined ? at : latest(at, state.cooldownUntil);
}

// Leads finish on the version they started: a plan from another one would send what nobody reviewed (F016, I11).
function refuseOtherVersion(state: Enrolled, { version }: Sequence): void {
  if (version === state.sequenceVersion) return;
  throw new DomainError(
    'sequence/other-version',
    `Expected version ${state.sequenceVersion} of the sequence, found ${version}.`,
    { expected: state.sequenceVersion, found: version },
  );
}
