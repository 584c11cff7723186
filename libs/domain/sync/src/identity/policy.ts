import type { Instant } from '@overture/kernel';
import {
  defaultLimits,
  effectiveLimits,
  limitProfile,
  riskierIn,
  tiers,
  type PolicyInForce,
  type RampName,
  type Schedule,
} from '@overture/policy';

/** How much an identity may do, and when, as a person decided (F025, F026, F029, F036). */
export interface IdentityPolicy {
  /** Name of a limit profile. */
  profile: string;
  tier: string;
  /** The first day of the ramp; absent: none. */
  rampStartedAt?: Instant;
  /** How its caps grow from that day on; absent: warm_up (F026). */
  ramp?: RampName;
  /** Its own working hours; absent: only those of the campaign count. */
  hours?: Schedule;
  /** Whose public holidays it keeps, such as PT; absent: none. */
  holidayRegion?: string;
}

/** Until a person decides otherwise: the most careful profile (F029). */
export function defaultPolicy(tier: string): IdentityPolicy {
  return { profile: defaultLimits.name, tier };
}

export function samePolicy(one: IdentityPolicy, other: IdentityPolicy): boolean {
  return canonical(one) === canonical(other);
}

/** Every figure by which the change lets the identity do more, from that moment on: caps/connect/per24h, hours. */
export function raisesOf(before: IdentityPolicy, after: IdentityPolicy, now: Instant): string[] {
  const [was, is] = [inForce(before, now), inForce(after, now)];
  // Nobody can tell how much a profile allowed that is no longer known.
  if (was === undefined || is === undefined) return ['profile'];
  return riskierIn(was, is).map(({ path }) => path);
}

function inForce(policy: IdentityPolicy, now: Instant): PolicyInForce | undefined {
  const { tier, rampStartedAt: startedAt, ramp: name, hours } = policy;
  const profile = limitProfile(policy.profile);
  if (profile === undefined) return undefined;
  const known = tiers.find((name) => name === tier);
  const sources = {
    profile,
    ...(known && { tier: known }),
    ...(startedAt && { ramp: { startedAt, ...(name && { name }) } }),
  };
  return { limits: effectiveLimits(sources, now), ...(hours && { hours }) };
}

// What comes back from storage has its keys in another order.
function canonical(policy: IdentityPolicy): string {
  return JSON.stringify(policy, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
