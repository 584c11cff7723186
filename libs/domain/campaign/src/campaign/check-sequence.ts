import { dayMs, type FieldProblem } from '@overture/kernel';
import { checkTexts } from '../texts/check-text.js';
import { lintSteps, warningLine } from '../texts/lint-steps.js';
import { checkOrder } from './check-order.js';
import type { SequenceDraft } from './commands.js';
import type { CampaignType, Step } from './sequence.js';

export interface SequenceCheck {
  /** What keeps the sequence from being used; paths are relative to the sequence. */
  readonly problems: readonly FieldProblem[];
  /** What is allowed but seldom wise (F021, F065, S2-53, S2-54). */
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
  const words = lintSteps(draft.steps).map(warningLine);
  return { problems, warnings: [...advise(draft.steps), ...words] };
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
  return [...problems, ...checkTexts(step, path)];
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
