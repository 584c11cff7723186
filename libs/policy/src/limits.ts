import { dayMs, minuteMs, secondMs } from '@overture/kernel';
import type { ActionKind, LimitedKind } from './kinds.js';

export interface Cap {
  readonly per24h: number;
  readonly per7d?: number;
}

/** How much an identity may do, and how fast. Data with a version and an origin: a change is a new version (F029). */
export interface LimitProfile {
  readonly name: string;
  readonly version: number;
  /** Where the figures come from. */
  readonly source: string;
  readonly caps: Readonly<Record<ActionKind, Cap> & Partial<Record<LimitedKind, Cap>>>;
  /** Between any two actions of an identity; drawn anew after each, from its seed. */
  readonly gapMs: { readonly min: number; readonly max: number };
  /** Between two of the same kind: what the provider itself demands. */
  readonly kindGapMs: Readonly<Record<ActionKind, number>>;
  /** Between the first contacts with two people. */
  readonly firstTouchGapMs: number;
}

const conservative: LimitProfile = {
  name: 'conservative',
  version: 1,
  source:
    'S3-04..06 for connect, message, comment; S4-23 for visit; weekly: five such days, below the ' +
    'about 100 invitations LinkedIn takes; gaps S3-33, S2-34 and the provider constraints',
  caps: {
    visit: { per24h: 80, per7d: 400 },
    connect: { per24h: 15, per7d: 75 },
    message: { per24h: 30, per7d: 150 },
    withdraw: { per24h: 15, per7d: 75 },
    comment: { per24h: 50, per7d: 250 },
  },
  gapMs: { min: 90 * secondMs, max: 300 * secondMs },
  kindGapMs: {
    visit: 45 * secondMs,
    connect: 75 * secondMs,
    message: 75 * secondMs,
    withdraw: 75 * secondMs,
  },
  firstTouchGapMs: 30 * minuteMs,
};

const profiles: Readonly<Record<string, LimitProfile>> = { conservative };

export const defaultLimits = conservative;

/** The profile of that name, newest version; undefined when there is none. */
export function limitProfile(name: string): LimitProfile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined;
}

// An effect follows its claim by up to a lease. Counting uses a little longer than the provider counts effects keeps
// every 24 hours of effects below the cap, however late the call was (I3).
const effectDelayMs = 15 * minuteMs;

/** How long a use counts; F023: rolling, no midnight. */
export const capWindowMs = { per24h: dayMs + effectDelayMs, per7d: 7 * dayMs + effectDelayMs };
