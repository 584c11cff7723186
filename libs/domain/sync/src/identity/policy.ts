import type { Instant } from '@overture/kernel';
import { defaultLimits, limitProfile, type LimitProfile, type Schedule } from '@overture/policy';

/** How much an identity may do, and when, as a person decided (F025, F026, F029, F036). */
export interface IdentityPolicy {
  /** Name of a limit profile. */
  profile: string;
  tier: string;
  /** The first day of the warm-up; absent: none. */
  rampStartedAt?: Instant;
  /** Its own working hours; absent: only those of the campaign count. */
  hours?: Schedule;
  /** Whose public holidays it keeps, such as PT; absent: none. */
  holidayRegion?: string;
}

/** What a change of policy lets an identity do more of. */
export type Raise = 'profile' | 'tier' | 'ramp';

/** Until a person decides otherwise: the most careful profile (F029). */
export function defaultPolicy(tier: string): IdentityPolicy {
  return { profile: defaultLimits.name, tier };
}

export function samePolicy(one: IdentityPolicy, other: IdentityPolicy): boolean {
  return canonical(one) === canonical(other);
}

/** Everything that the change lets the identity do more of. */
export function raisesOf(before: IdentityPolicy, after: IdentityPolicy): Raise[] {
  const raises: readonly (Raise | false)[] = [
    isMore(limitProfile(before.profile), limitProfile(after.profile)) && 'profile',
    rankOf(after.tier) > rankOf(before.tier) && 'tier',
    endsRampEarlier(before, after) && 'ramp',
  ];
  return raises.filter((raise) => raise !== false);
}

const tiers = ['classic', 'premium', 'sales_navigator'];

function rankOf(tier: string): number {
  return tiers.indexOf(tier);
}

function endsRampEarlier(before: IdentityPolicy, after: IdentityPolicy): boolean {
  if (before.rampStartedAt === undefined) return false;
  return after.rampStartedAt === undefined || after.rampStartedAt < before.rampStartedAt;
}

function isMore(before: LimitProfile | undefined, after: LimitProfile | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after;
  if (after.gapMs.min < before.gapMs.min) return true;
  if (after.firstTouchGapMs < before.firstTouchGapMs) return true;
  const kinds = Object.keys({ ...before.caps, ...after.caps }) as (keyof LimitProfile['caps'])[];
  return kinds.some((kind) => {
    const [was, is] = [before.caps[kind], after.caps[kind]];
    return isAbove(is?.per24h, was?.per24h) || isAbove(is?.per7d, was?.per7d);
  });
}

// Without a figure there is no cap.
function isAbove(cap: number | undefined, other: number | undefined): boolean {
  return (cap ?? Infinity) > (other ?? Infinity);
}

// What comes back from storage has its keys in another order.
function canonical(policy: IdentityPolicy): string {
  return JSON.stringify(policy, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
