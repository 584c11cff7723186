import type { Instant } from '@overture/kernel';
import {
  defaultLimits,
  effectiveLimits,
  limitProfile,
  tiers,
  type CampaignCaps,
  type EffectiveLimits,
  type RampName,
  type Tier,
} from '@overture/policy';

/** Who acts, as far as limits depend on it. */
export interface LimitedBy {
  readonly profile: string;
  readonly tier: string;
  readonly ramp_started_at: Instant | null;
  readonly ramp: RampName;
}

const knownMax = 10_000;
const known = new Map<string, { readonly since: Instant; readonly limits: EffectiveLimits }>();

/** The limits of an identity in a campaign; worked out once until they change, as few of them differ. */
export function limitsInForce(
  by: LimitedBy,
  caps: CampaignCaps | undefined,
  now: Instant,
): EffectiveLimits {
  const key = `${by.profile}\n${by.tier}\n${by.ramp_started_at}\n${by.ramp}\n${JSON.stringify(caps)}`;
  const found = known.get(key);
  if (found !== undefined && holdsAt(found, now)) return found.limits;
  if (known.size >= knownMax) known.clear();
  const limits = workOut(by, caps, now);
  known.set(key, { since: now, limits });
  return limits;
}

function holdsAt(
  { since, limits }: { since: Instant; limits: EffectiveLimits },
  now: Instant,
): boolean {
  const { changesAt } = limits;
  return changesAt === undefined || (since <= now && now < changesAt);
}

function workOut(
  { profile, tier, ramp_started_at: startedAt, ramp: name }: LimitedBy,
  campaign: CampaignCaps | undefined,
  now: Instant,
): EffectiveLimits {
  const sources = {
    profile: limitProfile(profile) ?? defaultLimits,
    ...(isTier(tier) && { tier }),
    ...(startedAt && { ramp: { name, startedAt } }),
    ...(campaign && { campaign }),
  };
  return effectiveLimits(sources, now);
}

function isTier(tier: string): tier is Tier {
  return (tiers as readonly string[]).includes(tier);
}
