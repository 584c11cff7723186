import { dayMs, instant, plus, secondMs } from '@overture/kernel';
import { earliestEnd, readLimits } from './read-budgets.js';

const now = instant('2026-03-02T09:00:00Z');
const ago = (ms: number) => plus(now, -ms);

describe('When so many profiles can be read at the earliest (F050)', () => {
  it('is never, when there are none', () =>
    expect(earliestEnd('profile', 0, { taken: [], now })).toBeUndefined());

  it('is as long as a person needs for them, within the budget of the day', () => {
    expect(earliestEnd('profile', 1, { taken: [], now })).toBe(now);
    expect(earliestEnd('profile', 80, { taken: [], now })).toBe(plus(now, 79 * 20 * secondMs));
  });

  it('counts what others have read: each leaves the window a day after it was read', () => {
    const taken = Array.from({ length: readLimits.profile }, (_, n) =>
      ago(dayMs - (n + 1) * 3_600_000),
    );
    expect(earliestEnd('profile', 2, { taken, now })).toBe(plus(now, 2 * 3_600_000));
  });

  it('is days away for a whole campaign: eighty a day, the first of a day a day after the first before', () => {
    const end = earliestEnd('profile', 1_000, { taken: [], now });
    // Twelve days are full, and of the thirteenth forty are needed.
    expect(end).toBe(plus(now, 12 * dayMs + 39 * 20 * secondMs));
  });
});
