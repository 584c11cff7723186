import { hourMs } from '@overture/kernel';
import { ago, always, answerTo, facts, now } from '../test/given.js';
import { defaultLimits, usageOf, type Use } from './index.js';

describe('The cap of a calendar day', () => {
  const limits = {
    ...defaultLimits,
    caps: { ...defaultLimits.caps, message: { per24h: 30, perDay: 2 } },
  };
  const lisbon = { limits, identityZone: 'America/New_York', schedule: always };
  const answer = (...hours: number[]) => {
    const uses: Use[] = hours.map((h) => ({
      kind: 'message',
      at: ago(h * hourMs),
      firstTouch: false,
    }));
    return answerTo(facts({ ...lisbon, usage: usageOf(uses, 'message', limits, now) }));
  };

  it('counts from the identity’s own midnight, on top of the rolling day (P27)', () => {
    // It is 07:00 in New York: five hours ago is today there, nine hours ago was yesterday.
    expect(answer(1, 5)).toEqual(['cap_day', '2026-03-03T05:15:00.000Z']);
    expect(answer(1, 9)).toBe('go');
  });

  it('counts what was claimed just before midnight on both days', () =>
    expect(answer(1, 7.1)).toEqual(['cap_day', '2026-03-03T05:15:00.000Z']));
});
