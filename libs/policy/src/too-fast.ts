import { msBetween, type Instant } from '@overture/kernel';
import type { LimitProfile } from './limits.js';

/** Somebody else's clock paced two actions: how far apart they were, and how far they had to be (S3-41). */
export interface Pace {
  readonly before: Instant;
  readonly at: Instant;
}

/** Whether an executor that spaces itself went faster than the least its profile allows: a breach to record. */
export function isTooFast({ before, at }: Pace, { gapMs }: Pick<LimitProfile, 'gapMs'>): boolean {
  return msBetween(before, at) < gapMs.min;
}
