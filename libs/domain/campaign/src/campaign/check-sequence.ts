import type { FieldProblem } from '@overture/kernel';
import { checkTexts } from '../texts/check-text.js';
import { lintSteps, warningLine } from '../texts/lint-steps.js';
import { advise } from './advice.js';
import { checkOrder } from './check-order.js';
import { checkPolicies, checkStep } from './check-step.js';
import type { SequenceDraft } from './commands.js';
import type { CampaignType } from './sequence.js';

export interface SequenceCheck {
  /** What keeps the sequence from being used; paths are relative to the sequence. */
  readonly problems: readonly FieldProblem[];
  /** What is allowed but seldom wise (F021, F065, S2-53, S2-54). */
  readonly warnings: readonly string[];
}

export const stepsMax = 30;

/** Whether a sequence can be run by a campaign of this type, and what its author should know. */
export function checkSequence(type: CampaignType, draft: SequenceDraft): SequenceCheck {
  const { steps } = draft;
  const own = steps.flatMap((step, index) => {
    const path = `/steps/${index}`;
    return [...checkStep(step, path), ...checkTexts(step, path)];
  });
  const tooMany = { path: '/steps', message: `${steps.length} steps, at most ${stepsMax}.` };
  const problems = [
    ...checkOrder(type, steps),
    ...(steps.length > stepsMax ? [tooMany] : []),
    ...checkPolicies(draft),
    ...own,
  ];
  return { problems, warnings: [...advise(steps), ...lintSteps(steps).map(warningLine)] };
}
