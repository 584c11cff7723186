import type { Instant } from '@overture/kernel';
import { actionKinds, type ActionKind, type Tier } from './kinds.js';
import type {
  Cap,
  Caps,
  CapSource,
  EffectiveCap,
  EffectiveLimits,
  LimitProfile,
} from './limits.js';
import { rampAt, type RampStart } from './ramps.js';
import { tierLimits } from './tier-limits.js';

/** Everything that has a say in how much an identity may do for a campaign. */
export interface LimitSources {
  readonly profile: LimitProfile;
  readonly tier?: Tier;
  readonly ramp?: RampStart;
  /** What the campaign asks for, of the kinds it names; counted over all the identity does (F033). */
  readonly campaign?: CampaignCaps;
}

export type CampaignCaps = Readonly<Partial<Record<ActionKind, Partial<Cap>>>>;

/** Of each figure the lowest, and whose it is; the ramp takes its share of what profile and tier allow. */
export function effectiveLimits(sources: LimitSources, now: Instant): EffectiveLimits {
  const { profile, tier, ramp } = sources;
  const { notesPerMonth } = tier === undefined ? {} : tierLimits[tier];
  const state = ramp && rampAt(ramp, now);
  const caps = Object.fromEntries(
    actionKinds.map((kind) => [kind, effectiveCap(kind, sources, state?.share)]),
  ) as Record<ActionKind, EffectiveCap>;
  return {
    ...profile,
    caps,
    ...(notesPerMonth !== undefined && { notesPerMonth }),
    ...(state?.endsAt && { ramp: ramp?.name ?? 'warm_up', changesAt: state.endsAt }),
  };
}

const figures = ['per24h', 'per7d', 'perDay'] as const;
type Figure = (typeof figures)[number];
type Bound = readonly [figure: number, by: CapSource];

function effectiveCap(
  kind: ActionKind,
  { profile, tier, campaign }: LimitSources,
  share?: number,
): EffectiveCap {
  const tierCaps: Partial<Caps> = tier === undefined ? {} : tierLimits[tier].caps;
  const given: [CapSource, Partial<Cap> | undefined][] = [
    ['profile', profile.caps[kind]],
    ['tier', tierCaps[kind]],
  ];
  const bounds = figures.map((figure) => {
    const allowed = lowest(given, figure);
    const ramped = share === undefined ? undefined : rampedFrom(allowed, share);
    const asked = campaign?.[kind]?.[figure];
    return [
      figure,
      lower(lower(allowed, ramped), asked === undefined ? undefined : [asked, 'campaign']),
    ];
  }) as [Figure, Bound | undefined][];
  const known = bounds.filter((each): each is [Figure, Bound] => each[1] !== undefined);
  return {
    ...(Object.fromEntries(known.map(([figure, [cap]]) => [figure, cap])) as unknown as Cap),
    boundBy: Object.fromEntries(known.map(([figure, [, by]]) => [figure, by])),
  };
}

function lowest(given: readonly [CapSource, Partial<Cap> | undefined][], figure: Figure) {
  return given.reduce<Bound | undefined>((found, [by, caps]) => {
    const cap = caps?.[figure];
    return lower(found, cap === undefined ? undefined : [cap, by]);
  }, undefined);
}

// Where there is something to do at all, the first step of a ramp lets one pass.
function rampedFrom(allowed: Bound | undefined, share: number): Bound | undefined {
  if (allowed === undefined) return undefined;
  const [cap] = allowed;
  return [Math.min(cap, Math.max(1, Math.floor(cap * share))), 'ramp'];
}

/** Of two equal ones the first. */
function lower(one: Bound | undefined, other: Bound | undefined): Bound | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other[0] < one[0] ? other : one;
}
