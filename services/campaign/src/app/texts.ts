import type { Tier } from '@overture/policy';
import type { Scope } from './scope.js';

/** Which account speaks, and how much LinkedIn lets it say. */
export interface Speaker {
  readonly identityId: string;
  readonly tier: Tier;
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
  /** Everybody whose sequence is not over, in the order of their enrollments. */
  abstract under(
    scope: Scope,
    campaignId: string,
    page: { readonly afterId: string; readonly limit: number },
  ): Promise<readonly PersonInCampaign[]>;
}
