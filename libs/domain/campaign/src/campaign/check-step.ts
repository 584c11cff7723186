import { dayMs, type FieldProblem } from '@overture/kernel';
import { isKnownField } from '../texts/fields.js';
import type { SequenceDraft } from './commands.js';
import type { Branch, Step } from './sequence.js';

const delayMsMax = 365 * dayMs;
export const acceptWithinDaysMax = 180;
const valueLengthMax = 500;

const conditions = ['accepted_within', 'replied_before', 'field'];
const ops = ['present', 'equals', 'contains'];
const lateAcceptances = ['message', 'park', 'ignore'];
const notAccepted = ['expire', 'withdraw'];
const speaking = ['connect', 'message', 'inmail', 'comment'];

/** What a step says of itself, whatever stands around it. */
export function checkStep(step: Step, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isWithin(step.delayMs, 0, delayMsMax)) {
    problems.push({ path: `${path}/delayMs`, message: 'Expected 0 to 365 days in milliseconds.' });
  }
  if (step.kind === 'branch' && step.delayMs > 0) {
    const message = 'A branch has no delay; put a wait before it.';
    problems.push({ path: `${path}/delayMs`, message });
  }
  if (step.review === true && !speaking.includes(step.kind)) {
    problems.push({ path: `${path}/review`, message: `A ${step.kind} has no text to review.` });
  }
  return [...problems, ...checkCondition(step, `${path}/branch`)];
}

function checkCondition({ kind, branch }: Step, path: string): FieldProblem[] {
  if (kind !== 'branch') return [];
  if (branch === undefined || !conditions.includes(branch.when)) {
    const message = 'Expected accepted_within, replied_before or field.';
    return [{ path: `${path}/when`, message }];
  }
  return checkDetails(branch, path);
}

function checkDetails(branch: Branch, path: string): FieldProblem[] {
  if (branch.when === 'accepted_within') {
    if (isWithin(branch.days, 1, acceptWithinDaysMax)) return [];
    const message = `Expected whole days from 1 to ${acceptWithinDaysMax}.`;
    return [{ path: `${path}/days`, message }];
  }
  return branch.when === 'field' ? checkField(branch, path) : [];
}

function checkField(
  { name, op, value = '' }: Branch & { when: 'field' },
  path: string,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isKnownField(name)) {
    problems.push({ path: `${path}/name`, message: `"${name}" is no field of a lead.` });
  }
  if (!ops.includes(op)) {
    problems.push({ path: `${path}/op`, message: `Expected ${ops.join(', ')}.` });
  }
  const needed = op !== 'present';
  if ((value.trim() !== '') !== needed || value.length > valueLengthMax) {
    const message = needed ? `Expected 1 to ${valueLengthMax} characters.` : 'Expected no value.';
    problems.push({ path: `${path}/value`, message });
  }
  return problems;
}

/** What the sequence says as a whole about invitations. */
export function checkPolicies(draft: SequenceDraft): FieldProblem[] {
  const { acceptWithinDays, lateAcceptance, whenNotAccepted } = draft;
  const problems: FieldProblem[] = [];
  if (acceptWithinDays !== undefined && !isWithin(acceptWithinDays, 1, acceptWithinDaysMax)) {
    const message = `Expected whole days from 1 to ${acceptWithinDaysMax}.`;
    problems.push({ path: '/acceptWithinDays', message });
  }
  if (lateAcceptance !== undefined && !lateAcceptances.includes(lateAcceptance)) {
    problems.push({ path: '/lateAcceptance', message: `Expected ${lateAcceptances.join(', ')}.` });
  }
  if (whenNotAccepted !== undefined && !notAccepted.includes(whenNotAccepted)) {
    problems.push({ path: '/whenNotAccepted', message: `Expected ${notAccepted.join(', ')}.` });
  }
  return problems;
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
