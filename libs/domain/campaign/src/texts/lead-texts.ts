import { nextOf, stepIdOf, waysOf } from '../campaign/graph.js';
import type { Step } from '../campaign/sequence.js';
import { fieldHolds } from '../enrollment/branching.js';
import type { FieldValues } from './fields.js';
import { missingInStep } from './step-text.js';
import { variantOf } from './variants.js';

/** One lead of a campaign, as far as texts go. */
export interface Addressee {
  readonly campaignId: string;
  readonly leadId: string;
  readonly values: FieldValues;
}

/** What one lead gets of one step. */
export interface LeadText {
  /** Place of the step, from 0. */
  readonly step: number;
  readonly stepId: string;
  /** Empty: the step's own text. */
  readonly variant: string;
  /** Some way leads there; false: the lead's own fields lead past it. */
  readonly ahead: boolean;
  /** Fields without which it cannot be sent; none for a step that never comes. */
  readonly missing: readonly string[];
}

/** Every step as this lead, standing at `from`, gets it: the variant its ids pick, the ways its fields take (F063, F067). */
export function textsFor(
  steps: readonly Step[],
  { campaignId, leadId, values }: Addressee,
  from = 0,
): LeadText[] {
  const reached = stepsFor(steps, values, from);
  return steps.map((step, index) => {
    const stepId = stepIdOf(steps, index);
    const variant = variantOf({ campaignId, stepId, leadId }, step.variants ?? [])?.id ?? '';
    const ahead = reached.has(index);
    const missing = ahead ? missingInStep(step, values, variant) : [];
    return { step: index, stepId, variant, ahead, missing };
  });
}

/** The steps that may come for a lead of these fields: a branch on a field goes one way, any other one both. */
function stepsFor(steps: readonly Step[], values: FieldValues, from: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (index >= steps.length || seen.has(index)) continue;
    seen.add(index);
    open.push(...waysFor(steps, index, values));
  }
  return seen;
}

function waysFor(steps: readonly Step[], index: number, values: FieldValues): number[] {
  const { kind, branch } = steps[index] as Step;
  if (kind !== 'branch') return [nextOf(steps, index)];
  const { yes, no } = waysOf(steps, index);
  if (branch?.when !== 'field') return [yes, no];
  return [fieldHolds(branch, values) ? yes : no];
}
