import fc from 'fast-check';
import { wilson } from './wilson.js';

describe('A rate (F067, F123, S2-62)', () => {
  // From E. B. Wilson's formula at 95 %, as published tables give it.
  it.each([
    [0, 10, { rate: 0, low: 0, high: 0.2775 }],
    [1, 10, { rate: 0.1, low: 0.0179, high: 0.4042 }],
    [5, 10, { rate: 0.5, low: 0.2366, high: 0.7634 }],
    [10, 10, { rate: 1, low: 0.7225, high: 1 }],
    [150, 500, { rate: 0.3, low: 0.2615, high: 0.3416 }],
  ])('of %i in %i has the interval of Wilson', (hits, trials, expected) =>
    expect(wilson(hits, trials)).toEqual(expected),
  );

  it('of nobody could be anything', () =>
    expect(wilson(0, 0)).toEqual({ rate: 0, low: 0, high: 1 }));

  it('lies within its interval, and its interval within 0 and 1', () =>
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (hits, misses) => {
        const { rate, low, high } = wilson(hits, hits + misses);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(rate);
        expect(high).toBeGreaterThanOrEqual(rate);
        expect(high).toBeLessThanOrEqual(1);
      }),
      { seed: 20_261_121 },
    ));
});
