import { dayMs, instant, plus } from '@overture/kernel';
import { ago, answerTo, facts, message, now } from '../test/given.js';
import {
  actionKinds,
  campaignCaps,
  defaultLimits,
  effectiveLimits,
  limitProfile,
  limitProfiles,
  rampAt,
  rampNamed,
  ramps,
  tierLimits,
  tiers,
  usageOf,
  type Use,
} from './index.js';

const of = (name: string) => limitProfile(name) ?? defaultLimits;
const per24h = (name: string) => actionKinds.map((kind) => of(name).caps[kind].per24h);

describe('The limit profiles', () => {
  it('are four, the safest first and by default (F029)', () => {
    expect(limitProfiles.map(({ name }) => name)).toEqual([
      'conservative',
      'messenger',
      'classic',
      'sales_navigator',
    ]);
    expect(defaultLimits.name).toBe('conservative');
    expect(limitProfile('constructor')).toBe(undefined);
  });

  it('have the figures of their sources (F022, S2-35, S2-65, S3-04..06, S4-23..26)', () => {
    expect(actionKinds).toEqual(['visit', 'connect', 'message', 'inmail', 'comment', 'withdraw']);
    expect(per24h('conservative')).toEqual([80, 15, 30, 5, 50, 15]);
    expect(per24h('messenger')).toEqual([80, 20, 20, 0, 50, 20]);
    expect(per24h('classic')).toEqual([80, 25, 50, 0, 50, 25]);
    expect(per24h('sales_navigator')).toEqual([500, 30, 250, 20, 50, 30]);
  });

  it('hold a weekly cap of invitations and one of unanswered ones (F024)', () => {
    expect(limitProfiles.map(({ caps }) => caps.connect.per7d)).toEqual([75, 100, 100, 100]);
    const pending = limitProfiles.map(
      ({ pendingInvitationsMax = Infinity }) => pendingInvitationsMax,
    );
    expect(pending).toEqual(pending.toSorted((a, b) => a - b));
    expect(Math.max(...pending)).toBeLessThan(1_000);
  });

  it('say where every figure comes from, and their version', () => {
    const data = [...limitProfiles, ...Object.values(tierLimits), ...Object.values(ramps)];
    for (const { source, version } of data) {
      expect(source).toMatch(/S\d|[Oo]urs|source/);
      expect(version).toBeGreaterThan(0);
    }
  });
});

describe('An effective cap', () => {
  const sources = { profile: of('sales_navigator') };
  const connect = (over: object) => effectiveLimits({ ...sources, ...over }, now).caps.connect;

  it('is the lowest of profile, tier, ramp and campaign, and says whose it is (F025)', () => {
    expect(connect({})).toMatchObject({ per24h: 30, boundBy: { per24h: 'profile' } });
    expect(connect({ tier: 'classic' })).toMatchObject({ per24h: 25, boundBy: { per24h: 'tier' } });
    expect(connect({ ramp: { startedAt: now } })).toMatchObject({
      per24h: 6,
      per7d: 20,
      boundBy: { per24h: 'ramp', per7d: 'ramp' },
    });
    const campaign = { connect: { per24h: 4 } };
    expect(connect({ tier: 'classic', ramp: { startedAt: now }, campaign })).toMatchObject({
      per24h: 4,
      boundBy: { per24h: 'campaign', per7d: 'ramp' },
    });
  });

  it('is the profile’s when others ask for as much or more', () => {
    const campaign = { connect: { per24h: 99 } };
    expect(connect({ tier: 'sales_navigator', campaign })).toMatchObject({
      per24h: 30,
      boundBy: { per24h: 'profile' },
    });
  });

  it('never passes any of them, for any kind and tier', () => {
    for (const profile of limitProfiles) {
      for (const tier of tiers) {
        const { caps } = effectiveLimits({ profile, tier }, now);
        for (const kind of actionKinds) {
          const bounds = [profile.caps[kind].per24h, tierLimits[tier].caps[kind].per24h];
          expect(caps[kind].per24h).toBe(Math.min(...bounds));
        }
      }
    }
  });

  it('brings the notes of the tier: five a month for a free account (F027)', () => {
    const notes = tiers.map(
      (tier) => effectiveLimits({ profile: defaultLimits, tier }, now).notesPerMonth,
    );
    expect(notes).toEqual([5, undefined, undefined]);
  });

  it('is named by the rule it makes say no (F030)', () => {
    const limits = effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now);
    const given = facts({ limits });
    expect(answerTo(given, { ...message, kind: 'inmail' })).toEqual(['cap_24h', undefined]);
  });
});

describe('The ramp of a new account', () => {
  const startedAt = instant('2026-03-01T00:00:00Z');
  const shareOn = (day: number) => rampAt({ startedAt }, plus(startedAt, day * dayMs)).share;

  it('grows by the week and ends (F026)', () => {
    expect([0, 6, 7, 14, 21, 27, 28, 400].map(shareOn)).toEqual([
      0.2, 0.2, 0.4, 0.6, 0.8, 0.8, 1, 1,
    ]);
    expect(rampAt({ startedAt }, plus(startedAt, 30 * dayMs))).toEqual({ share: 1 });
  });

  it('is slower for one that was restricted', () => {
    const share = (day: number) =>
      rampAt({ name: 'recovery', startedAt }, plus(startedAt, day * dayMs)).share;
    expect([0, 7, 14, 28, 42].map(share)).toEqual([0.1, 0.2, 0.4, 0.7, 1]);
  });

  it('is named with the limits it takes its share of, until it is over (F026)', () => {
    const on = (day: number, name?: 'recovery') => {
      const ramp = { startedAt, ...(name && { name }) };
      return effectiveLimits({ profile: defaultLimits, ramp }, plus(startedAt, day * dayMs)).ramp;
    };
    expect([on(3), on(28), on(28, 'recovery'), on(42, 'recovery')]).toEqual([
      'warm_up',
      undefined,
      'recovery',
      undefined,
    ]);
    expect(['', 'warm_up', 'recovery', 'of_next_year'].map(rampNamed)).toEqual([
      'warm_up',
      'warm_up',
      'recovery',
      'recovery',
    ]);
  });

  it('has not begun before its first day', () =>
    expect(rampAt({ startedAt }, plus(startedAt, -9 * dayMs))).toEqual({
      share: 0.2,
      endsAt: plus(startedAt, 7 * dayMs),
    }));

  it('lets one pass where a share would be none, and none where there is none', () => {
    const { caps } = effectiveLimits(
      { profile: defaultLimits, tier: 'classic', ramp: { name: 'recovery', startedAt: now } },
      now,
    );
    expect([caps.connect.per24h, caps.inmail.per24h]).toEqual([1, 0]);
  });

  it('is asked again at its next step, which may have room sooner than the window', () => {
    const limits = effectiveLimits(
      { profile: defaultLimits, ramp: { startedAt: ago(6.5 * dayMs) } },
      now,
    );
    const used: Use[] = Array.from({ length: 6 }, () => {
      return { kind: 'message', at: ago(2 * 3_600_000), firstTouch: false };
    });
    const given = facts({ limits, usage: usageOf(used, 'message', limits, now) });
    expect(answerTo(given)).toEqual(['cap_24h', plus(now, dayMs / 2)]);
  });
});

describe('What a campaign asks for', () => {
  it('is a cap for 24 hours, for a calendar day, or both, by kind (F025, P27)', () => {
    const asked = {
      dailyCaps: { connect: 10, shout: 1 },
      calendarDayCaps: { connect: 8, visit: 5 },
    };
    expect(campaignCaps(asked)).toEqual({
      connect: { per24h: 10, perDay: 8 },
      visit: { perDay: 5 },
    });
    expect(campaignCaps({})).toEqual({});
  });

  it('binds where it is the lowest', () => {
    const campaign = campaignCaps({ calendarDayCaps: { message: 8 } });
    const { caps } = effectiveLimits({ profile: defaultLimits, campaign }, now);
    expect(caps.message).toMatchObject({
      per24h: 30,
      perDay: 8,
      boundBy: { per24h: 'profile', perDay: 'campaign' },
    });
  });
});
