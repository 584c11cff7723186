import { daysOffOf, holidaysOf } from '@overture/calendar';
import { dayMs, hourMs, instant, minuteMs, plus, type Instant } from '@overture/kernel';
import {
  breakerOf,
  companyFacts,
  defaultLimits,
  earliestGo,
  effectiveLimits,
  holdUntil,
  instantOfWallTime,
  limitProfile,
  riskierIn,
  usageOf,
  verdict,
  zoneFor,
  type ActionToGo,
  type Facts,
  type Use,
} from '../src/index.js';
import { facts, invitation, message, now } from './given.js';

/** What docs/limits.md and docs/windows.md show: asked of the rules when the test runs, never written by hand. */
export const examples: Readonly<Record<string, () => unknown>> = {
  'whose cap binds': () => {
    const limits = effectiveLimits(
      {
        profile: limitProfile('sales_navigator') ?? defaultLimits,
        tier: 'classic',
        ramp: { startedAt: instant('2026-02-20T00:00:00Z') },
        campaign: { message: { per24h: 12 } },
      },
      now,
    );
    const { visit, connect, message: messages } = limits.caps;
    return { visit, connect, message: messages, changesAt: limits.changesAt };
  },
  'a full day': () => {
    const uses: Use[] = Array.from({ length: 15 }, (_, index) => {
      return {
        kind: 'connect',
        at: plus(now, -20 * hourMs + index * 40 * minuteMs),
        firstTouch: true,
      };
    });
    const limits = effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now);
    const usage = usageOf(uses, 'connect', limits, now);
    return lastWord(invitation, facts({ limits, usage }));
  },
  'enough people of a company': () => {
    const contacts = ['ada', 'ben'].map((leadId, index) => {
      return { leadId, at: plus(now, -5 * dayMs + index * dayMs) };
    });
    const company = companyFacts({ people: 2, days: 7 }, contacts, { leadId: 'cleo', now });
    return lastWord({ ...invitation, firstTouch: true }, facts({ company }));
  },
  'no notes left': () => {
    const limits = effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now);
    const given = facts({ limits, notes: { used: 5 } });
    const answer = verdict({ ...invitation, hasNote: true }, given, now);
    const asked = answer.rules.find(({ rule }) => rule === 'note_quota');
    return { go: answer.go, note: answer.go ? answer.note : undefined, rule: asked };
  },
  'waiting for a note': () => {
    const limits = effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now);
    const notes = { used: 5, blockingAt: plus(now, -20 * dayMs) };
    const given = facts({ limits, notes, whenNotesUsedUp: 'wait' });
    return lastWord({ ...invitation, hasNote: true }, given);
  },
  'after three times 429': () => {
    const times = [0, 20, 50].map((minutes) => plus(now, minutes * minuteMs));
    const waits = times.map((at, strikes) => holdUntil({ label: 'STATUS_429', at, strikes }));
    const { trip } = breakerOf(times.map((at) => ({ at, sort: 'limited' })));
    return { at: times, triedAgainAt: waits, breaker: trip };
  },
  'a riskier profile': () =>
    riskierIn(
      { limits: effectiveLimits({ profile: defaultLimits, tier: 'classic' }, now) },
      {
        limits: effectiveLimits(
          { profile: limitProfile('classic') ?? defaultLimits, tier: 'classic' },
          now,
        ),
      },
    ).filter(({ path }) => /connect|message|gapMs.min|pending/.test(path)),
  'hours of five leads': () => ({
    'Friday 27 March': opensOn('2026-03-27'),
    'Monday 30 March': opensOn('2026-03-30'),
    'Friday 23 October': opensOn('2026-10-23'),
    'Monday 26 October': opensOn('2026-10-26'),
  }),
  'a holiday on one side': () => {
    const at = instant('2026-06-10T06:00:00Z');
    const action = { ...message, zone: 'Asia/Kolkata', notBefore: at };
    const given = facts({
      identityZone: 'Europe/Lisbon',
      holidays: { lead: daysOffOf('IN', 2026), identity: daysOffOf('PT', 2026) },
    });
    return { ...lastWord(action, given, at), goes: earliestGo(action, given, at) };
  },
  'holidays of Portugal': () =>
    Object.fromEntries(holidaysOf('PT', 2026).map(({ date, name }) => [date, name])),
  'hours that meet': () => {
    const hours = {
      windows: [{ weekdays: [2, 4], from: '10:00', until: '12:00' }],
      fallbackZone: '',
      daysOff: [],
    };
    const given = facts({ identityHours: hours, identityZone: 'America/New_York' });
    return ['Europe/Lisbon', 'Europe/Kyiv'].map((zone) => {
      const action = { ...message, zone };
      return { zone, says: lastWord(action, given).because, goes: earliestGo(action, given, now) };
    });
  },
};

const leads = ['Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham', 'Europe/Kyiv', ''];

function opensOn(date: string): Readonly<Record<string, Instant | undefined>> {
  const schedule = { ...facts().schedule, fallbackZone: 'Europe/Lisbon' };
  const day = Date.parse(date) / dayMs;
  const entries = leads.map((zone) => {
    const at = instantOfWallTime({ day, minute: 0 }, zoneFor(zone, schedule));
    const action = { ...message, zone, notBefore: at };
    return [zone || '(unknown)', earliestGo(action, facts({ schedule }), at)];
  });
  return Object.fromEntries(entries) as Record<string, Instant>;
}

function lastWord(action: ActionToGo, given: Facts, at: Instant = now) {
  const answer = verdict(action, given, at);
  const { inputs } = answer.rules.at(-1) ?? {};
  return answer.go
    ? { go: true, because: undefined }
    : { go: false, because: answer.because, until: answer.until, inputs };
}
