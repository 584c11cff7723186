import type { Instant } from '@overture/kernel';
import { effectiveLimits, type EffectiveLimits, type LimitSources } from '@overture/policy';
import type { KnownCampaign } from './world.js';

/** What an identity is held to in each campaign, worked out once until it changes. */
export class CampaignLimits {
  private readonly known = new Map<string, EffectiveLimits>();

  constructor(
    private readonly ofIdentity: Omit<LimitSources, 'campaign'>,
    private readonly campaigns: ReadonlyMap<string, KnownCampaign>,
  ) {}

  at(campaignId: string, now: Instant): EffectiveLimits {
    const known = this.known.get(campaignId);
    if (known !== undefined && (known.changesAt === undefined || now < known.changesAt)) {
      return known;
    }
    const caps = this.campaigns.get(campaignId)?.caps;
    const limits = effectiveLimits({ ...this.ofIdentity, ...(caps && { campaign: caps }) }, now);
    this.known.set(campaignId, limits);
    return limits;
  }
}
