import { dayMs, fromMs, toMs, type Instant } from '@overture/kernel';

/** How an identity's caps grow with the days since its first: data with a version and an origin (F026). */
export interface Ramp {
  readonly name: RampName;
  readonly version: number;
  readonly source: string;
  /** From that day on, this share of each cap; after the last step all of it. */
  readonly steps: readonly RampStep[];
}

export interface RampStep {
  readonly fromDay: number;
  readonly share: number;
}

/** `warm_up`: a new account; `recovery`: one that LinkedIn had restricted. */
export type RampName = 'warm_up' | 'recovery';

export interface RampStart {
  readonly name?: RampName;
  readonly startedAt: Instant;
}

const warmUp: Ramp = {
  name: 'warm_up',
  version: 1,
  source:
    'S3-09: 15 to 20 invitations a day are safe for a warm account; the weeks until it is one are ' +
    'ours, after the two to four weeks that peers advise',
  steps: [
    { fromDay: 0, share: 0.2 },
    { fromDay: 7, share: 0.4 },
    { fromDay: 14, share: 0.6 },
    { fromDay: 21, share: 0.8 },
    { fromDay: 28, share: 1 },
  ],
};

const recovery: Ramp = {
  name: 'recovery',
  version: 1,
  source: 'Ours: S3-09 counts a restriction in weeks, so the way back is a third of the first pace',
  steps: [
    { fromDay: 0, share: 0.1 },
    { fromDay: 7, share: 0.2 },
    { fromDay: 14, share: 0.4 },
    { fromDay: 28, share: 0.7 },
    { fromDay: 42, share: 1 },
  ],
};

export const ramps: Readonly<Record<RampName, Ramp>> = { warm_up: warmUp, recovery };

/** Of a name that this release does not know: the most careful one. */
export function rampNamed(name: string): RampName {
  if (name === '') return 'warm_up';
  return name in ramps ? (name as RampName) : 'recovery';
}

export interface RampState {
  readonly share: number;
  /** When the next step begins; absent once the ramp is over. */
  readonly endsAt?: Instant;
}

/** Where a ramp stands. Before its first day it stands at its first step: an early start is no licence. */
export function rampAt({ name = 'warm_up', startedAt }: RampStart, now: Instant): RampState {
  const day = Math.floor((toMs(now) - toMs(startedAt)) / dayMs);
  const { steps } = ramps[name];
  const share = steps.findLast(({ fromDay }) => fromDay <= day)?.share ?? steps[0]?.share ?? 1;
  const next = steps.find(({ fromDay }) => fromDay > Math.max(day, 0));
  if (next === undefined) return { share };
  return { share, endsAt: fromMs(toMs(startedAt) + next.fromDay * dayMs) };
}
