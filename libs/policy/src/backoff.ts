import { dayMs, fromMs, hourMs, minuteMs, toMs, type Instant } from '@overture/kernel';

/** A provider's "not now", for one kind of action of one identity. */
export interface LimitSignal {
  readonly label: 'LIMIT_REACHED' | 'STATUS_429';
  readonly at: Instant;
  /** Such signals in a row, before this one. */
  readonly strikes: number;
  /** `postponed_until` or a Retry-After, where it was given. */
  readonly postponedUntil?: Instant;
}

const firstMs = 15 * minuteMs;
const mostMs = 4 * hourMs;
/** Whatever a provider answers, nothing is asked again at once, and nothing waits for ever. */
const postponedMs = { least: minuteMs, most: 31 * dayMs };

/** When it may be tried again: the provider's word, else tomorrow for a limit, else doubling (F030, F031, S4-29, S4-36). */
export function holdUntil({ label, at, strikes, postponedUntil }: LimitSignal): Instant {
  const atMs = toMs(at);
  if (postponedUntil !== undefined) {
    const waitMs = Math.max(toMs(postponedUntil) - atMs, postponedMs.least);
    return fromMs(atMs + Math.min(waitMs, postponedMs.most));
  }
  return fromMs(
    atMs + (label === 'LIMIT_REACHED' ? dayMs : backoffMs(strikes, { firstMs, mostMs })),
  );
}

const doublingsMax = 30;

/** Twice as long with every strike, never longer than `mostMs`. */
export function backoffMs(
  strikes: number,
  { firstMs: first, mostMs: most }: { firstMs: number; mostMs: number },
): number {
  return Math.min(first * 2 ** Math.min(strikes, doublingsMax), most);
}
