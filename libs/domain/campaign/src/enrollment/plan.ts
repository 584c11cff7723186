import { dayMs, DomainError, latest, plus, type Instant } from '@overture/kernel';
import { messageTypeOf, type Sequence, type Step } from '../campaign/sequence.js';
import type { Planning } from './commands.js';
import type { ActionPlanned, DeadlineSet, EnrollmentEvent, PlannedStep } from './events.js';
import { actionIdOf, freshActionId } from './ids.js';
import type { Enrolled } from './state.js';

/** Follow-ups go before new leads: who has begun to talk is not kept waiting (F020). */
const priorities = { followUp: 10, newLead: 20 } as const;

/** When a plan is made, and from which moment its delay counts. */
export interface Timing {
  readonly at: Instant;
  readonly since: Instant;
}

/** What follows once every step before `index` is done: an action, the wait for acceptance, or the end. */
export function proceed(
  state: Enrolled,
  index: number,
  planning: Planning,
  timing: Timing,
): EnrollmentEvent[] {
  const { sequence } = planning;
  refuseOtherVersion(state, sequence);
  const next = isConnected(state) && sequence.steps[index]?.kind === 'connect' ? index + 1 : index;
  const step = sequence.steps[next];
  if (step === undefined) return [{ type: 'EnrollmentCompleted', data: { at: timing.at } }];
  if (needsConnection(state, step) && !isConnected(state)) {
    return [acceptanceDeadline(sequence, timing.at)];
  }
  const notBefore = notBeforeOf(state, plus(timing.since, step.delayMs));
  return [planAction(state, next, planning, { at: timing.at, notBefore })];
}

/** Hands one step to the scheduler; a step that was given up before gets a new action. */
export function planAction(
  state: Enrolled,
  index: number,
  { sequence, zone, companyKey }: Planning,
  { at, notBefore }: { at: Instant; notBefore: Instant },
): ActionPlanned {
  const step = sequence.steps[index] as Step;
  const { kind } = step;
  const isNew = !hasTouched(state);
  return {
    type: 'ActionPlanned',
    data: {
      actionId: freshActionId(state, index),
      step: index,
      kind,
      messageType: messageTypeOf(sequence, index),
      requiresConnection: needsConnection(state, step),
      notBefore,
      zone,
      priority: isNew ? priorities.newLead : priorities.followUp,
      // A visit is no contact: the 30 minutes of S2-34 are between people who hear from us.
      firstTouch: isNew && kind !== 'visit',
      ...(companyKey && { companyKey }),
      at,
    },
  };
}

/** Every step from `index` on with the time it is expected, were nobody ever late (S2-17, F043). */
export function outline(
  state: Enrolled,
  index: number,
  sequence: Sequence,
  at: Instant,
): PlannedStep[] {
  let plannedAt = at;
  return sequence.steps.slice(index).map((step, offset) => {
    plannedAt = notBeforeOf(state, plus(plannedAt, step.delayMs));
    return {
      actionId: actionIdOf(state.enrollmentId, index + offset, 0),
      step: index + offset,
      kind: step.kind,
      messageType: messageTypeOf(sequence, index + offset),
      requiresConnection: needsConnection(state, step),
      plannedAt,
    };
  });
}

/** The first step after the invitation. */
export function afterConnect(sequence: Sequence): number {
  return sequence.steps.findIndex((step) => step.kind === 'connect') + 1;
}

export function isConnected(state: Enrolled): boolean {
  return state.acceptedAt !== undefined || state.relation === 'first_degree';
}

function acceptanceDeadline({ acceptWithinDays }: Sequence, at: Instant): DeadlineSet {
  const dueAt = plus(at, acceptWithinDays * dayMs);
  return { type: 'DeadlineSet', data: { kind: 'acceptance', dueAt, at } };
}

function needsConnection(state: Enrolled, step: Step): boolean {
  return state.campaignType === 'connector' && step.kind === 'message';
}

function notBeforeOf(state: Enrolled, at: Instant): Instant {
  return state.cooldownUntil === undefined ? at : latest(at, state.cooldownUntil);
}

function hasTouched(state: Enrolled): boolean {
  return Object.values(state.actions).some(
    ({ kind, status }) => kind !== 'visit' && status === 'sent',
  );
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
