import { dayMs, hourMs, instant, minuteMs, plus } from '@overture/kernel';
import fc from 'fast-check';
import { answerTo, facts, now } from '../test/given.js';
import {
  afterOutcome,
  breakerOf,
  closedBreaker,
  holdUntil,
  trialMs,
  type Outcome,
  type Trip,
} from './index.js';

const start = instant('2026-03-02T08:00:00Z');

function outcomes(...sorts: Outcome['sort'][]): Outcome[] {
  return sorts.map((sort, index) => ({ sort, at: plus(start, index * 5 * minuteMs) }));
}

describe('The breaker', () => {
  it('stays closed while all goes well', () => {
    expect(breakerOf(outcomes(...Array<'done'>(60).fill('done'))).trip).toBeUndefined();
    expect(breakerOf(outcomes('failed', 'failed', 'failed')).trip).toBeUndefined();
  });

  it('opens when half of ten or more fail (F032)', () => {
    const mixed = outcomes(
      ...Array.from({ length: 10 }, (_, n): Outcome['sort'] => (n % 2 ? 'failed' : 'done')),
    );
    expect(breakerOf(mixed.slice(0, 9)).trip).toBeUndefined();
    const at = plus(start, 45 * minuteMs);
    expect(breakerOf(mixed).trip).toEqual({
      cause: 'failure_rate',
      at,
      until: plus(at, 6 * hourMs),
      times: 1,
    });
  });

  it('opens for a day at the first warning of a restriction (F032, P04)', () =>
    expect(breakerOf(outcomes('done', 'warned')).trip).toMatchObject({
      cause: 'restriction_warning',
      until: plus(start, dayMs + 5 * minuteMs),
    }));

  it('opens at the third 429 within two hours (F031)', () => {
    expect(breakerOf(outcomes('limited', 'done', 'limited', 'done')).trip).toBeUndefined();
    expect(breakerOf(outcomes('limited', 'limited', 'done', 'limited')).trip).toMatchObject({
      cause: 'repeated_429',
    });
    const spread = [0, 3, 6].map(
      (hours) => ({ sort: 'limited', at: plus(start, hours * hourMs) }) as const,
    );
    expect(breakerOf(spread).trip).toBeUndefined();
  });

  it('closes at the first success after its rest, and forgets', () => {
    const open = breakerOf(outcomes('warned'));
    const early = afterOutcome(open, { sort: 'done', at: plus(start, hourMs) });
    expect(early.trip).toEqual(open.trip);
    expect(afterOutcome(open, { sort: 'done', at: plus(start, dayMs) })).toEqual(closedBreaker);
  });

  it('rests twice as long when the trial fails, up to a week', () => {
    let breaker = breakerOf(outcomes('warned'));
    const rests: number[] = [];
    for (let n = 0; n < 5; n++) {
      const { until } = breaker.trip as Trip;
      breaker = afterOutcome(breaker, { sort: 'failed', at: until });
      rests.push((Date.parse(breaker.trip?.until ?? '') - Date.parse(until)) / dayMs);
    }
    expect(rests).toEqual([2, 4, 7, 7, 7]);
  });

  it('says the same in whatever order the outcomes are read', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(100), { maxLength: 30 }),
        fc.infiniteStream(fc.constantFrom<Outcome['sort']>('done', 'failed', 'limited', 'warned')),
        (minutes, sorts) => {
          const list = minutes.map((minute) => {
            return {
              at: plus(start, minute * minuteMs),
              sort: sorts.next().value as Outcome['sort'],
            };
          });
          expect(breakerOf(list.toReversed())).toEqual(breakerOf(list));
        },
      ),
      { seed: 20_260_311, numRuns: 300 },
    ));
});

describe('While the breaker is open', () => {
  const trip: Trip = {
    cause: 'repeated_429',
    at: plus(now, -hourMs),
    until: plus(now, hourMs),
    times: 1,
  };
  const none = { used: 0 };
  const usage = { last24h: none, last7d: none };

  it('nothing goes, and its cause and end are named (F032)', () =>
    expect(answerTo(facts({ breaker: trip }))).toEqual(['breaker', plus(now, hourMs)]));

  it('one action tries after the rest, and the next waits for its outcome', () => {
    const rested = { ...trip, until: plus(now, -10 * minuteMs) };
    expect(answerTo(facts({ breaker: rested, usage }))).toBe('go');
    const lastAt = plus(now, -5 * minuteMs);
    const tried = facts({ breaker: rested, usage: { ...usage, lastAt } });
    expect(answerTo(tried)).toEqual(['breaker', plus(lastAt, trialMs)]);
  });
});

describe('A provider that says “not now”', () => {
  const refused = (over: object) =>
    holdUntil({ label: 'STATUS_429', at: now, strikes: 0, ...over });

  it('is asked again at the time it names (F030, S4-29)', () =>
    expect(refused({ postponedUntil: plus(now, 7 * hourMs) })).toBe(plus(now, 7 * hourMs)));

  it('is never asked again at once, whatever it says', () => {
    expect(refused({ postponedUntil: plus(now, -hourMs) })).toBe(plus(now, minuteMs));
    expect(refused({ postponedUntil: plus(now, 900 * dayMs) })).toBe(plus(now, 31 * dayMs));
  });

  it('is asked tomorrow after a limit without a time (S4-29)', () =>
    expect(refused({ label: 'LIMIT_REACHED', strikes: 3 })).toBe(plus(now, dayMs)));

  it('is asked after 15 minutes, then twice as long, at most 4 hours, after a 429 (F031, S4-36)', () => {
    const waits = [0, 1, 2, 3, 4, 5, 99].map(
      (strikes) => (Date.parse(refused({ strikes })) - Date.parse(now)) / minuteMs,
    );
    expect(waits).toEqual([15, 30, 60, 120, 240, 240, 240]);
  });

  it('holds the kind of action it spoke of, and names the time (F030)', () => {
    const hold = { until: plus(now, hourMs), cause: 'LIMIT_REACHED' };
    expect(answerTo(facts({ hold }))).toEqual(['provider_hold', hold.until]);
    expect(answerTo(facts({ hold }), undefined, hold.until)).toBe('go');
  });
});
