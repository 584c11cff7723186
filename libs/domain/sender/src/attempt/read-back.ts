import { minuteMs, msBetween, plus, type Instant } from '@overture/kernel';
import type { Attempt, KnownAttempt } from './state.js';

/** Longer than a provider was ever seen to hold back an effect: a look before that proves nothing. */
export const settleDelayMs = 2 * minuteMs;
/** Between two looks, so that both cannot read the same stale page. */
export const readBackEveryMs = 10 * minuteMs;
export const readBacksMin = 2;

/** What the sender does next with an attempt. */
export type NextStep =
  | { do: 'call' }
  | { do: 'read_back'; at: Instant }
  | { do: 'find_absent' }
  | { do: 'wait'; for: 'claim' | 'answer' }
  | { do: 'nothing' };

/**
 * Pure. `readBacksAt`: the looks so far, none of which found the effect. A started attempt waits for its owner's answer;
 * a new owner first takes it over, which makes it unknown.
 */
export function nextStep(state: Attempt, readBacksAt: readonly Instant[] = []): NextStep {
  switch (state.status) {
    case 'none':
      return { do: 'wait', for: 'claim' };
    case 'reserved':
      return { do: 'call' };
    case 'started':
      return { do: 'wait', for: 'answer' };
    case 'unknown':
      return provesAbsence(state, readBacksAt)
        ? { do: 'find_absent' }
        : { do: 'read_back', at: nextReadBackAt(state, readBacksAt) };
    default:
      return { do: 'nothing' };
  }
}

/** Only looks that were late enough and far enough apart count as proof. */
export function provesAbsence(state: KnownAttempt, readBacksAt: readonly Instant[]): boolean {
  return countingLooks(state, readBacksAt).length >= readBacksMin;
}

function nextReadBackAt(state: KnownAttempt, readBacksAt: readonly Instant[]): Instant {
  const last = countingLooks(state, readBacksAt).at(-1);
  return last === undefined ? plus(state.since, settleDelayMs) : plus(last, readBackEveryMs);
}

function countingLooks(state: KnownAttempt, readBacksAt: readonly Instant[]): Instant[] {
  const counting: Instant[] = [];
  for (const at of [...readBacksAt].sort()) {
    const last = counting.at(-1);
    const early =
      last === undefined
        ? msBetween(state.since, at) < settleDelayMs
        : msBetween(last, at) < readBackEveryMs;
    if (!early) counting.push(at);
  }
  return counting;
}
