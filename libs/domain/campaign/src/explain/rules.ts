import type { Instant } from '@overture/kernel';
import { openPauses } from '../enrollment/next-action.js';
import {
  currentAction,
  hasEnded,
  isInFlight,
  type ActionStatus,
  type Enrolled,
  type Enrollment,
} from '../enrollment/state.js';
import type { ClosedGate } from './explain.js';

export type LeadRuleName =
  | 'enrolled'
  | 'not_ended'
  | 'not_halted'
  | 'settled'
  | 'not_paused'
  | 'gates_open'
  | 'relation_checked'
  | 'deadline_passed'
  | 'draft_approved'
  | 'task_done'
  | 'planned';

interface Asked {
  readonly state: Enrollment;
  readonly gates: readonly ClosedGate[];
}

interface Answer {
  readonly passed: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly until?: Instant;
}

interface LeadRule {
  readonly name: LeadRuleName;
  readonly version: number;
  readonly ask: (asked: Asked) => Answer;
}

/** The order is fixed (P12): nobody is told to wait for a date when the lead has answered. */
export const leadRules: readonly LeadRule[] = [
  { name: 'enrolled', version: 1, ask: askEnrolled },
  { name: 'not_ended', version: 1, ask: ofLead(askNotEnded) },
  { name: 'not_halted', version: 1, ask: ofLead(askNotHalted) },
  { name: 'settled', version: 1, ask: ofLead(askSettled) },
  { name: 'not_paused', version: 1, ask: ofLead(askNotPaused) },
  { name: 'gates_open', version: 1, ask: ({ gates }) => askGates(gates) },
  { name: 'relation_checked', version: 1, ask: ofLead(askRelation) },
  { name: 'deadline_passed', version: 1, ask: ofLead(askDeadline) },
  { name: 'draft_approved', version: 1, ask: ofLead(askDraft) },
  { name: 'task_done', version: 1, ask: ofLead(askTask) },
  { name: 'planned', version: 1, ask: ofLead(askPlanned) },
];

function askEnrolled({ state }: Asked): Answer {
  return { passed: state.status !== 'new', inputs: {} };
}

// Whoever is not enrolled was told so by the first rule.
function ofLead(ask: (state: Enrolled) => Answer): LeadRule['ask'] {
  return ({ state }) => (state.status === 'new' ? { passed: false, inputs: {} } : ask(state));
}

function askNotEnded(state: Enrolled): Answer {
  const { status, because, repliedAt } = state;
  if (!hasEnded(state)) return { passed: true, inputs: { status } };
  const lock = status === 'expired' || status === 'withdrawn' ? lockOf(state) : {};
  return { passed: false, inputs: { status, because, ...(repliedAt && { repliedAt }), ...lock } };
}

function lockOf({ reinviteLockedUntil }: Enrolled): Answer['inputs'] {
  return reinviteLockedUntil === undefined ? {} : { reinviteLockedUntil };
}

function askNotHalted({ status, because }: Enrolled): Answer {
  return status === 'halted'
    ? { passed: false, inputs: { because } }
    : { passed: true, inputs: {} };
}

function askSettled(state: Enrolled): Answer {
  const action = currentAction(state);
  if (action === undefined || !isInFlight(action)) return { passed: true, inputs: {} };
  const { actionId, status, epoch } = action;
  return { passed: false, inputs: { actionId, status, epoch } };
}

function askNotPaused(state: Enrolled): Answer {
  const pauses = openPauses(state).map((pauseId) => ({
    pauseId,
    cause: state.pauses[pauseId]?.cause ?? '',
  }));
  return pauses.length === 0 ? { passed: true, inputs: {} } : { passed: false, inputs: { pauses } };
}

function askGates(gates: readonly ClosedGate[]): Answer {
  return { passed: gates.length === 0, inputs: gates.length === 0 ? {} : { closed: gates } };
}

function askRelation({ status, relation }: Enrolled): Answer {
  return { passed: status !== 'checking', inputs: relation === undefined ? {} : { relation } };
}

function askDeadline({ deadline }: Enrolled): Answer {
  if (deadline === undefined) return { passed: true, inputs: {} };
  const { kind, dueAt } = deadline;
  return { passed: false, inputs: { waitsFor: kind, dueAt }, until: dueAt };
}

function askDraft(state: Enrolled): Answer {
  const action = withStatus(state, 'drafted');
  if (action === undefined) return { passed: true, inputs: {} };
  const { actionId, expiresAt } = action;
  const inputs = { actionId, ...(expiresAt && { expiresAt }) };
  return { passed: false, inputs, ...(expiresAt && { until: expiresAt }) };
}

function askTask(state: Enrolled): Answer {
  const action = withStatus(state, 'todo');
  return action === undefined
    ? { passed: true, inputs: {} }
    : { passed: false, inputs: { actionId: action.actionId } };
}

function askPlanned(state: Enrolled): Answer {
  const action = withStatus(state, 'planned');
  if (action === undefined) return { passed: false, inputs: { because: state.because } };
  const { actionId, kind, notBefore } = action;
  const lock = kind === 'connect' ? lockOf(state) : {};
  return { passed: true, inputs: { actionId, kind, notBefore, ...lock } };
}

function withStatus(state: Enrolled, status: ActionStatus) {
  const action = currentAction(state);
  return action?.status === status ? action : undefined;
}
