import type { FieldValues } from './fields.js';
import { missingInStep, type WrittenStep } from './step-text.js';
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
  /** Fields without which it cannot be sent. */
  readonly missing: readonly string[];
}

/** Every step as this lead gets it: the variant its ids pick, the ways its fields take (F063, F067). */
export function textsFor(
  steps: readonly WrittenStep[],
  { campaignId, leadId, values }: Addressee,
): LeadText[] {
  return steps.map((step, index) => {
    const stepId = step.id ?? `s${index + 1}`;
    const variant = variantOf({ campaignId, stepId, leadId }, step.variants ?? [])?.id ?? '';
    return { step: index, stepId, variant, missing: missingInStep(step, values, variant) };
  });
}
