import { dayMs, type FieldProblem } from '@overture/kernel';
import { textLengthMax } from '@overture/policy';
import { isKnownField, standardFields } from '../texts/fields.js';
import { textLength } from '../texts/render.js';
import { parseTemplate } from '../texts/template.js';
import { checkOrder } from './check-order.js';
import type { SequenceDraft } from './commands.js';
import type { CampaignType, Step } from './sequence.js';

export interface SequenceCheck {
  /** What keeps the sequence from being used; paths are relative to the sequence. */
  readonly problems: readonly FieldProblem[];
  /** What is allowed but seldom wise (F021, S2-54). */
  readonly warnings: readonly string[];
}

export const stepsMax = 30;
const delayMsMax = 365 * dayMs;
const acceptWithinDaysMax = 180;
const messagesAdvised = 5;
const daysApartAdvised = { min: 3, max: 7 } as const;

/** Whether a sequence can be run by a campaign of this type, and what its author should know. */
export function checkSequence(type: CampaignType, draft: SequenceDraft): SequenceCheck {
  const problems = [
    ...checkOrder(type, draft.steps),
    ...checkAcceptance(draft),
    ...draft.steps.flatMap((step, index) => checkStep(step, `/steps/${index}`)),
  ];
  return { problems, warnings: advise(draft.steps) };
}

function checkAcceptance({ acceptWithinDays, steps }: SequenceDraft): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (steps.length > stepsMax) {
    problems.push({ path: '/steps', message: `${steps.length} steps, at most ${stepsMax}.` });
  }
  if (acceptWithinDays !== undefined && !isWithin(acceptWithinDays, 1, acceptWithinDaysMax)) {
    const message = `Expected whole days from 1 to ${acceptWithinDaysMax}.`;
    problems.push({ path: '/acceptWithinDays', message });
  }
  return problems;
}

function checkStep(step: Step, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isWithin(step.delayMs, 0, delayMsMax)) {
    problems.push({ path: `${path}/delayMs`, message: 'Expected 0 to 365 days in milliseconds.' });
  }
  if (step.kind === 'message' && step.text.trim() === '') {
    problems.push({ path: `${path}/text`, message: 'A message needs a text.' });
  }
  return [...problems, ...checkText(step, `${path}/text`)];
}

function checkText({ kind, text }: Step, path: string): FieldProblem[] {
  const template = parseTemplate(text);
  if ('malformedAt' in template) {
    const position = template.malformedAt + 1;
    return [{ path, message: `The brace at position ${position} names no field.` }];
  }
  const problems = template.parts.flatMap((part) =>
    'field' in part && !isKnownField(part.field) ? [unknownField(part.field, path)] : [],
  );
  const literals = template.parts.map((part) => ('literal' in part ? part.literal : '')).join('');
  const max = textLengthMax(kind, 'sales_navigator');
  if (textLength(literals) <= max) return problems;
  return [...problems, { path, message: `Longer than ${max} characters before any field.` }];
}

function unknownField(field: string, path: string): FieldProblem {
  const known = standardFields.map((name) => `{${name}}`).join(', ');
  return { path, message: `{${field}} is unknown. Known: ${known}, {custom.<name>}.` };
}

function advise(steps: readonly Step[]): string[] {
  const messages = steps.filter((step) => step.kind === 'message');
  const warnings: string[] = [];
  if (messages.length > messagesAdvised) {
    warnings.push(`${messages.length} messages to one person; 3 to 5 are advised.`);
  }
  messages.slice(1).forEach(({ delayMs }, index) => {
    const days = delayMs / dayMs;
    if (days >= daysApartAdvised.min && days <= daysApartAdvised.max) return;
    const { min, max } = daysApartAdvised;
    warnings.push(
      `Follow-up ${index + 1} comes after ${round(days)} days; ${min} to ${max} are advised.`,
    );
  });
  return warnings;
}

function round(days: number): number {
  return Math.round(days * 10) / 10;
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
