import type { Tier } from '@overture/policy';
import type { Scope } from './scope.js';

/** Which account speaks, and how much LinkedIn lets it say. */
export interface Speaker {
  readonly identityId: string;
  readonly tier: Tier;
}

/** What became of one variant of a step; sets of leads, so that nobody counts twice. */
export interface VariantTally {
  readonly stepId: string;
  readonly kind: string;
  readonly variant: string;
  /** For whom it was planned. */
  readonly exposed: number;
  readonly sent: number;
  /** Who accepted an invitation that said it. */
  readonly accepted: number;
  /** Whose reply it was the last word before. */
  readonly replied: number;
}

export interface PersonInCampaign {
  readonly enrollmentId: string;
  readonly leadId: string;
  readonly sequenceVersion: number;
}

/** What questions about texts are answered from. */
export abstract class Texts {
  /** In the order asked; of an identity nobody told us of yet: the tier that may say least. */
  abstract speakers(scope: Scope, identityIds: readonly string[]): Promise<readonly Speaker[]>;
  /** In the order of steps and variants; steps without variants have none. */
  abstract variantTallies(scope: Scope, campaignId: string): Promise<readonly VariantTally[]>;
  /** Everybody whose sequence is not over, in the order of their enrollments. */
  abstract under(
    scope: Scope,
    campaignId: string,
    page: { readonly afterId: string; readonly limit: number },
  ): Promise<readonly PersonInCampaign[]>;
}
