import { dayMs, minuteMs, type Instant } from '@overture/kernel';
import type { ActionKind } from './kinds.js';
import type { RampName } from './ramps.js';

export interface Cap {
  /** In any 24 hours. */
  readonly per24h: number;
  /** In any 7 days; absent: no such cap. */
  readonly per7d?: number;
  /** On one day of the identity's own calendar, on top of the rolling windows; absent: no such cap. */
  readonly perDay?: number;
}

export type Caps = Readonly<Record<ActionKind, Cap>>;

/** How much an identity may do, and how fast. Data with a version and an origin: a change is a new version (F029). */
export interface LimitProfile {
  readonly name: string;
  readonly version: number;
  /** Where the figures come from, and why. */
  readonly source: string;
  readonly caps: Caps;
  /** Between any two actions of an identity; drawn anew after each, from its seed. */
  readonly gapMs: { readonly min: number; readonly max: number };
  /** Between two of the same kind: what the provider itself demands. */
  readonly kindGapMs: Readonly<Record<ActionKind, number>>;
  /** Between the first contacts with two people. */
  readonly firstTouchGapMs: number;
  /** At most this is added to it, drawn anew each time. */
  readonly firstTouchJitterMs?: number;
  /** How many invitations may be unanswered before another one goes (F024). */
  readonly pendingInvitationsMax?: number;
}

/** Who set a figure; of two that are equal, the one named first. */
export const capSources = ['profile', 'tier', 'ramp', 'campaign'] as const;
export type CapSource = (typeof capSources)[number];

/** A cap that remembers, figure by figure, whose it is. */
export interface EffectiveCap extends Cap {
  readonly boundBy?: Readonly<Partial<Record<keyof Cap, CapSource>>>;
}

/** The limits of one identity in one campaign at one moment: of each figure the lowest that applies (F025, F026). */
export interface EffectiveLimits extends LimitProfile {
  readonly caps: Readonly<Record<ActionKind, EffectiveCap>>;
  /** Invitations with a note in any 31 days; absent: as many as there are invitations (F027). */
  readonly notesPerMonth?: number;
  /** The ramp that takes its share; absent: none, or it is over (F026). */
  readonly ramp?: RampName;
  /** When other limits apply: the next step of the ramp. Whoever looks ahead looks again then. */
  readonly changesAt?: Instant;
}

// An effect follows its claim by up to a lease. Counting uses a little longer than the provider counts effects keeps
// every 24 hours of effects below the cap, however late the call was (I3).
export const effectDelayMs = 15 * minuteMs;

/** How long a use counts; F023: rolling, no midnight. The month of a quota is the longest there is. */
export const capWindowMs = {
  per24h: dayMs + effectDelayMs,
  per7d: 7 * dayMs + effectDelayMs,
  perMonth: 31 * dayMs + effectDelayMs,
};
