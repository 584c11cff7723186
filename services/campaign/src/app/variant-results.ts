import { wilson, type Rate, type WrittenStep } from '@overture/domain-campaign';
import { shown } from './campaigns.js';
import { findCampaign } from './decide-campaign.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';
import type { VariantTally } from './texts.js';

export interface VariantResult extends Pick<
  VariantTally,
  'variant' | 'exposed' | 'sent' | 'accepted' | 'replied'
> {
  /** Of those it was sent to. */
  readonly acceptance: Rate;
  readonly reply: Rate;
}

export interface StepResults {
  readonly stepId: string;
  readonly kind: string;
  readonly variants: readonly VariantResult[];
}

/** What became of each variant of each step, with how sure that is (F067, S2-59, S2-62). */
export function variantResults(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<{ campaignId: string; steps: readonly StepResults[] }> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await findCampaign(ports, scope, campaignId);
    const { sequence } = await shown(ports, scope, row);
    const tallies = await ports.texts.variantTallies(scope, campaignId);
    const wanted = new Map(unused(sequence.steps).map((tally) => [keyOf(tally), tally]));
    // What nobody got yet is shown with zeros, what an older version had with what it did.
    for (const tally of tallies) wanted.set(keyOf(tally), tally);
    return { campaignId, steps: byStep([...wanted.values()]) };
  });
}

function unused(steps: readonly WrittenStep[]): VariantTally[] {
  return steps.flatMap(({ id, kind, variants = [] }, index) =>
    variants.map((variant) => {
      const stepId = id ?? `s${index + 1}`;
      const none = { exposed: 0, sent: 0, accepted: 0, replied: 0 };
      return { stepId, kind, variant: variant.id, ...none };
    }),
  );
}

const keyOf = ({ stepId, kind, variant }: VariantTally) => `${stepId} ${kind} ${variant}`;

function byStep(tallies: readonly VariantTally[]): StepResults[] {
  const steps = new Map<string, StepResults & { variants: VariantResult[] }>();
  for (const { stepId, kind, ...counts } of tallies) {
    const key = `${stepId} ${kind}`;
    const step = steps.get(key) ?? { stepId, kind, variants: [] };
    const { sent, accepted, replied } = counts;
    step.variants.push({
      ...counts,
      acceptance: wilson(accepted, sent),
      reply: wilson(replied, sent),
    });
    steps.set(key, step);
  }
  return [...steps.values()];
}
