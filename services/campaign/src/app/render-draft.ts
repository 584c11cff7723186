import { createHash } from 'node:crypto';
import { DomainError } from '@overture/kernel';
import {
  contentOf,
  fieldValues,
  renderStep,
  type RenderedStep,
  type Step,
} from '@overture/domain-campaign';
import type { Tier } from '@overture/policy';
import type { LeadDetails } from './lead-details.js';

export const nothingToSay: RenderedStep = { text: '', subject: '', postUrl: '' };

/** Which step, and which of its texts. */
interface Planned {
  readonly step: number;
  readonly plan?: { readonly variantId?: string } | undefined;
}

/** What a step says to one lead: the one way from a plan to its words, for drafts and for intents alike (I11). */
export function renderFor(
  steps: readonly Step[],
  action: Planned | undefined,
  { lead, tier }: { lead: LeadDetails; tier: Tier },
): RenderedStep {
  const step = action && steps[action.step];
  if (step === undefined) return nothingToSay;
  const { variantId } = action?.plan ?? {};
  const variant = variantId === undefined ? {} : { variant: variantId };
  return renderStep(step, { values: fieldValues(lead), tier, ...variant });
}

/** What an approval and the intent compare. */
export function hashOf(rendered: RenderedStep): string {
  return createHash('sha256').update(contentOf(rendered)).digest('hex');
}

/** A draft whose words cannot be made is shown with the reason: whoever approves it writes them. */
export function renderOrSay(render: () => RenderedStep): {
  rendered: RenderedStep;
  problem: string;
} {
  try {
    return { rendered: render(), problem: '' };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { rendered: nothingToSay, problem: error.message };
  }
}
