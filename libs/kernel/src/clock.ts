import type { Instant } from './instant.js';

/** Ends a wake-up that has not come yet; harmless afterwards. */
export type Cancel = () => void;

/**
 * The only source of time for business rules (UTC). Real in production; virtual in the demo and the tests, where
 * time stands still while anyone works. Deadlines of calls and leases use the monotonic clock instead.
 */
export abstract class Clock {
  abstract now(): Instant;

  /** Runs `wake` once when `at` has come (at once if it is past). A virtual clock waits for the promise. */
  abstract wakeAt(at: Instant, wake: () => void | Promise<void>): Cancel;

  /** Runs `work` as work in flight: a virtual clock stands still until it is done. */
  abstract during<T>(work: () => Promise<T>): Promise<T>;
}
