import { ago, always, now } from '../test/given.js';
import {
  defaultLimits,
  effectiveLimits,
  isTooFast,
  limitProfile,
  priorityOf,
  riskierIn,
} from './index.js';

describe('What a campaign and a person may set', () => {
  it('is who goes first: what was begun, unless asked otherwise (F020)', () => {
    expect(priorityOf(false)).toBeLessThan(priorityOf(true));
    expect(priorityOf(true, 'new_leads')).toBeLessThan(priorityOf(false, 'new_leads'));
  });

  it('is never riskier without being named (F029)', () => {
    const before = { limits: effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now) };
    const classic = limitProfile('classic') ?? defaultLimits;
    const after = { limits: effectiveLimits({ profile: classic, tier: 'classic' }, now) };
    expect(riskierIn(before, after)).toEqual(
      expect.arrayContaining([
        { path: 'caps/connect/per24h', from: 15, to: 25 },
        { path: 'caps/message/per7d', from: 150 },
        { path: 'gapMs/min', from: 90_000, to: 60_000 },
        { path: 'pendingInvitationsMax', from: 300, to: 500 },
      ]),
    );
    expect(riskierIn(after, before)).toEqual([]);
    expect(riskierIn(before, before)).toEqual([]);
  });

  it('is riskier too when a ramp ends early or hours grow (F029)', () => {
    const ramp = { startedAt: now };
    const ramped = { limits: effectiveLimits({ profile: defaultLimits, ramp }, now) };
    const plain = { limits: defaultLimits, hours: always };
    expect(riskierIn(ramped, plain).map(({ path }) => path)).toContain('caps/visit/per24h');
    const office = { ...always, windows: [{ weekdays: [1], from: '22:00', until: '02:00' }] };
    expect(riskierIn({ ...plain, hours: office }, plain)).toEqual([
      { path: 'hours', from: 240, to: 10_080 },
    ]);
    expect(
      riskierIn(plain, { ...plain, hours: { ...always, holidays: 'work' } }).map(
        ({ path }) => path,
      ),
    ).toEqual(['hours/holidays']);
  });

  it('is not how fast a browser goes: a result that comes too soon is a breach (S3-41)', () => {
    expect(isTooFast({ before: ago(89_000), at: now }, defaultLimits)).toBe(true);
    expect(isTooFast({ before: ago(90_000), at: now }, defaultLimits)).toBe(false);
  });
});
