import { dayMs, latest, plus, type Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import { stepIdOf } from '../campaign/graph.js';
import { isReviewed, messageTypeOf, type Sequence, type Step } from '../campaign/sequence.js';
import { variantOf } from '../texts/variants.js';
import type { Planning } from './commands.js';
import type { EnrollmentEvent, Plan } from './events.js';
import { freshActionId } from './ids.js';
import { known } from './standing.js';
import type { Enrolled } from './state.js';

/** A draft that nobody sent within this time is cold: it asks for fresh research (S3-08, S3-43). */
export const draftLifeMs = 7 * dayMs;

/** How long LinkedIn takes no new invitation to whom one was withdrawn from (F014). */
export const reinviteLockMs = 21 * dayMs;

/** Of two that wait, who has begun to talk is not kept waiting, unless the campaign says otherwise (F020). */
const priorities = {
  follow_ups: { followUp: 10, newLead: 20 },
  new_leads: { followUp: 20, newLead: 10 },
} as const;

/** The step after the last: the invitation nobody answered is taken back (F014). */
const withdrawal: Step = { id: '~withdrawal', kind: 'withdraw', delayMs: 0, text: '' };

export interface Turn {
  readonly at: Instant;
  readonly notBefore: Instant;
  /** Why a person asked for it again. */
  readonly reason?: string;
}

/** Its turn has come: to the scheduler, to a person who approves it, or to a person who does it. */
export function openStep(
  state: Enrolled,
  index: number,
  planning: Planning,
  turn: Turn,
): EnrollmentEvent {
  const step = stepAt(planning.sequence, index);
  const { at, notBefore } = turn;
  const actionId = freshActionId(state, index);
  if (step.kind === 'task') {
    const data = { actionId, step: index, ...named(step), dueAt: notBefore, at };
    return { type: 'TaskOpened', data };
  }
  const plan = planOf(state, index, planning, turn);
  if (!isReviewed(planning.sequence, step)) return { type: 'ActionPlanned', data: { ...plan, at } };
  const expiresAt = plus(latest(at, plan.notBefore), draftLifeMs);
  return { type: 'DraftOpened', data: { ...plan, expiresAt, at } };
}

export function needsConnection(state: Enrolled, step: Step): boolean {
  return state.campaignType === 'connector' && step.kind === 'message';
}

function planOf(
  state: Enrolled,
  index: number,
  { sequence, zone, companyKey, first = 'follow_ups' }: Planning,
  { notBefore, reason }: Turn,
): Plan {
  const step = stepAt(sequence, index);
  const isNew = !hasTouched(state);
  const variant = chosenVariant(state, sequence, index);
  const kind = step.kind as ActionKind;
  return {
    actionId: freshActionId(state, index),
    step: index,
    ...named(step),
    kind,
    messageType: messageTypeOf(sequence, index),
    requiresConnection: needsConnection(state, step),
    notBefore: kind === 'connect' ? unlocked(state, notBefore) : notBefore,
    zone,
    priority: priorities[first][isNew ? 'newLead' : 'followUp'],
    // A visit is no contact: the 30 minutes of S2-34 are between people who hear from us.
    firstTouch: isNew && kind !== 'visit',
    ...(companyKey && { companyKey }),
    ...(hasNote(step, variant) && { hasNote: true }),
    ...known({ variantId: variant, reason }),
  };
}

function hasNote({ kind, text, variants = [] }: Step, variantId: string | undefined): boolean {
  if (kind !== 'connect') return false;
  return (variants.find(({ id }) => id === variantId)?.text ?? text) !== '';
}

export function stepAt({ steps }: Sequence, index: number): Step {
  return steps[index] ?? withdrawal;
}

/** The name under which people see a step, also that of the withdrawal after the last one. */
export function stepNameAt(sequence: Sequence, index: number): string {
  return stepAt(sequence, index).id ?? stepIdOf(sequence.steps, index);
}

function named({ id }: Step): { stepId?: string } {
  return id === undefined ? {} : { stepId: id };
}

function chosenVariant(
  { campaignId, leadId }: Enrolled,
  { steps }: Sequence,
  index: number,
): string | undefined {
  const stepId = stepIdOf(steps, index);
  return variantOf({ campaignId, stepId, leadId }, steps[index]?.variants ?? [])?.id;
}

/** LinkedIn takes no new invitation for about three weeks after a withdrawn one (P21). */
export function unlocked({ reinviteLockedUntil }: Enrolled, notBefore: Instant): Instant {
  return reinviteLockedUntil === undefined ? notBefore : latest(notBefore, reinviteLockedUntil);
}

function hasTouched(state: Enrolled): boolean {
  return Object.values(state.actions).some(
    ({ kind, status }) => kind !== 'visit' && status === 'sent',
  );
}
