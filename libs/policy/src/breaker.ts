import type { Instant } from '@overture/kernel';

/** Why an identity was stopped (F032). */
export type BreakerCause = 'failure_rate' | 'restriction_warning' | 'repeated_429';

/** A breaker that is open until then; after that one action at a time tries whether all is well again. */
export interface Trip {
  readonly cause: BreakerCause;
  readonly at: Instant;
  readonly until: Instant;
  /** In a row: each one without a success between them rests longer. */
  readonly times: number;
}
