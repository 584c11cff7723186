import { daysOffOf, regionOfZone } from '@overture/calendar';
import { dayMs, hourMs, instant, minuteMs, plus, toMs, type Instant } from '@overture/kernel';
import { always, answerTo, facts, message } from '../test/given.js';
import {
  calendarVerdict,
  claimToEffectMs,
  defaultSchedule,
  earliestGo,
  instantOfWallTime,
  isDayOff,
  isOpen,
  nextOpening,
  verdict,
  zoneFor,
  type ActionToGo,
  type Facts,
  type RegionDays,
  type Schedule,
} from './index.js';

// The fallback is for the lead without a zone.
const office: Schedule = { ...defaultSchedule, fallbackZone: 'Europe/Lisbon' };
const leads = ['Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham', 'Europe/Kyiv', ''];

/** The nights of 2026 on which clocks change, and 09:00 of the Monday after by the wall of each lead, worked out by hand. */
const nights = [
  {
    night: 'in America in spring',
    at: '2026-03-08T07:00:00Z',
    monday: ['03-09T03:30', '03-09T11:30', '03-08T19:15', '03-09T07:00', '03-09T09:00'],
  },
  {
    night: 'in Europe in spring',
    at: '2026-03-29T01:00:00Z',
    monday: ['03-30T03:30', '03-30T11:30', '03-29T19:15', '03-30T06:00', '03-30T08:00'],
  },
  {
    night: 'in Europe in autumn',
    at: '2026-10-25T01:00:00Z',
    monday: ['10-26T03:30', '10-26T11:30', '10-25T19:15', '10-26T07:00', '10-26T09:00'],
  },
  {
    night: 'in America in autumn',
    at: '2026-11-01T06:00:00Z',
    monday: ['11-02T03:30', '11-02T12:30', '11-01T19:15', '11-02T07:00', '11-02T09:00'],
  },
];

/** The wall clock as Intl shows it: an oracle that shares no code with the rules. */
function wallOf(at: Instant, zone: string): { date: string; minute: number; weekday: number } {
  const shown = formatOf(zone).format(toMs(at));
  const [date = '', time = ''] = shown.split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return { date, minute: hours * 60 + minutes, weekday };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', options);
  formats.set(timeZone, format);
  return format;
}

describe.each(nights)('The night on which clocks change $night (F039, I4)', ({ at, monday }) => {
  it.each(leads.map((zone, index) => [zone, monday[index]]))(
    'the working day of a lead in "%s" begins at %s',
    (zone = '', opensAt) => {
      const evening = instant(`2026-${monday[2]?.slice(0, 5)}T17:00:00Z`);
      const action: ActionToGo = { ...message, zone, notBefore: evening };
      expect(earliestGo(action, facts({ schedule: office }), evening)).toBe(
        `2026-${opensAt}:00.000Z`,
      );
    },
  );

  it.each(leads)('hours and a night shift follow the wall of a lead in "%s"', (lead) => {
    const week = [1, 2, 3, 4, 5, 6, 7];
    const shift = { ...always, windows: [{ weekdays: week, from: '22:00', until: '03:30' }] };
    const zone = zoneFor(lead, office);
    for (let ms = -36 * hourMs; ms < 36 * hourMs; ms += 5 * minuteMs) {
      const now = plus(instant(at), ms);
      const { minute, weekday } = wallOf(now, zone);
      const isNight = minute >= 22 * 60 || minute < 3 * 60 + 30;
      const isDay = weekday <= 5 && minute >= 9 * 60 && minute < 17 * 60;
      expect([now, isOpen(shift, zone, now)]).toEqual([now, isNight]);
      expect([now, isOpen(office, zone, now)]).toEqual([now, isDay]);
    }
  });
});

describe('A public holiday', () => {
  // A lead in each zone, a holiday on one of its working days, and 09:00 of its next working day.
  const holidays = [
    ['Asia/Kolkata', 'IN', '2026-01-26', '2026-01-27T03:30'],
    ['America/St_Johns', 'CA', '2026-07-01', '2026-07-02T11:30'],
    ['Pacific/Chatham', 'NZ', '2026-04-27', '2026-04-27T20:15'],
    ['Europe/Kyiv', 'UA', '2026-12-25', '2026-12-28T07:00'],
    ['', 'PT', '2026-06-10', '2026-06-11T08:00'],
    ['America/New_York', 'US', '2026-11-26', '2026-11-27T14:00'],
    ['Europe/Berlin', 'DE', '2026-05-14', '2026-05-15T07:00'],
  ] as const;

  function world(lead: string, schedule = office): Facts {
    const region = regionOfZone(zoneFor(lead, schedule)) ?? '';
    return facts({ schedule, holidays: { lead: daysOffOf(region, 2026) } });
  }

  it.each(holidays)(
    'of a lead in "%s" (%s, %s) is skipped from midnight to midnight (F037, S2-37)',
    (zone, region, date, nextDay) => {
      const given = world(zone);
      expect(given.holidays?.lead?.region).toBe(region);
      const eve = plus(instant(`${date}T00:00:00Z`), -dayMs / 2);
      for (let ms = 0; ms < 2 * dayMs; ms += 10 * minuteMs) {
        const now = plus(eve, ms);
        const wall = wallOf(now, zoneFor(zone, office));
        const answer = verdict({ ...message, zone, notBefore: eve }, given, now);
        if (wall.date === date) expect([now, answer.go]).toEqual([now, false]);
      }
      const day = Date.parse(date) / dayMs;
      const morning = instantOfWallTime({ day, minute: 9 * 60 }, zoneFor(zone, office));
      const action = { ...message, zone, notBefore: morning };
      expect(wallOf(morning, zoneFor(zone, office)).date).toBe(date);
      expect(answerTo(given, action, morning)[0]).toBe('holiday');
      expect(earliestGo(action, given, morning)).toBe(`${nextDay}:00.000Z`);
    },
  );

  it.each(holidays)('of a lead in "%s" (%s, %s) is a day like any other where asked', (zone) => {
    const given = world(zone, { ...office, holidays: 'work' });
    const morning = nextOpening(office, zoneFor(zone, office), instant('2026-04-27T00:00:00Z'));
    const at = morning as Instant;
    expect(answerTo(given, { ...message, zone, notBefore: at }, at)).toBe('go');
  });

  it('of the identity counts as well, in its own zone', () => {
    const given = facts({
      identityZone: 'Europe/Lisbon',
      holidays: { lead: daysOffOf('IN', 2026), identity: daysOffOf('PT', 2026) },
    });
    const now = instant('2026-06-10T06:00:00Z');
    const action = { ...message, zone: 'Asia/Kolkata', notBefore: now };
    const answer = verdict(action, given, now);
    expect(answer).toMatchObject({ because: 'holiday', until: '2026-06-10T23:00:00.000Z' });
    expect(answer.rules.at(-1)?.inputs).toMatchObject({ off: 'identity', region: 'PT' });
    expect(earliestGo(action, given, now)).toBe('2026-06-11T03:30:00.000Z');
  });

  it('begins two minutes early, as every window closes: a call follows its claim', () => {
    const lead: RegionDays = { region: 'PT', days: ['2026-03-03'] };
    const given = facts({ schedule: always, holidays: { lead } });
    const midnight = instant('2026-03-03T00:00:00Z');
    const at = (ms: number) => {
      const now = plus(midnight, ms);
      return answerTo(given, { ...message, notBefore: now }, now);
    };
    expect(at(-claimToEffectMs - 1)).toBe('go');
    expect(at(-claimToEffectMs)).toEqual(['holiday', '2026-03-04T00:00:00.000Z']);
    expect(at(dayMs - 1)).toEqual(['holiday', '2026-03-04T00:00:00.000Z']);
    expect(at(dayMs)).toBe('go');
  });

  it('stops a night shift at midnight, and one that would begin on it begins after it', () => {
    const week = [1, 2, 3, 4, 5, 6, 7];
    const schedule = { ...always, windows: [{ weekdays: week, from: '22:00', until: '02:00' }] };
    const lead: RegionDays = { region: 'PT', days: ['2026-03-03'] };
    const goes = (time: string) =>
      answerTo(facts({ schedule, holidays: { lead } }), message, instant(time));
    expect(goes('2026-03-02T23:30:00Z')).toBe('go');
    expect(goes('2026-03-03T00:30:00Z')).toEqual(['holiday', '2026-03-04T00:00:00.000Z']);
    expect(goes('2026-03-03T22:30:00Z')).toEqual(['holiday', '2026-03-04T00:00:00.000Z']);
    expect(goes('2026-03-04T00:30:00Z')).toBe('go');
  });

  it('is a day off by the wall alone', () => {
    const off: RegionDays = { region: 'PT', days: ['2026-03-03'] };
    const at = instant('2026-03-02T16:00:00Z');
    expect(isDayOff(off, 'Asia/Tokyo', at)).toBe(true);
    expect(isDayOff(off, 'Europe/Lisbon', at)).toBe(false);
  });

  it('is Friday too where the weekend begins with it (S2-37)', () => {
    const friday = instant('2026-03-06T08:00:00Z');
    const given = facts({ holidays: { lead: daysOffOf('SA', 2026) } });
    const action = { ...message, zone: 'Asia/Riyadh', notBefore: friday };
    expect(answerTo(given, action, friday)).toEqual(['holiday', '2026-03-06T21:00:00.000Z']);
  });
});

describe('The identity’s own hours', () => {
  const hours: Schedule = {
    ...office,
    windows: [{ weekdays: [2, 4], from: '10:00', until: '12:00' }],
  };
  const now = instant('2026-03-02T12:00:00Z');

  it('hold in its own zone, beside the lead’s (F036)', () => {
    const given = facts({ identityHours: hours, identityZone: 'America/New_York' });
    expect(answerTo(given)).toEqual(['identity_window', '2026-03-03T15:00:00.000Z']);
    // Its hours begin when Kyiv closes, but for the weeks in which only one of them has changed its clocks.
    expect(earliestGo({ ...message, zone: 'Europe/Kyiv' }, given, now)).toBe(
      '2026-03-10T14:00:00.000Z',
    );
    expect(earliestGo({ ...message, zone: 'Europe/Lisbon' }, given, now)).toBe(
      '2026-03-03T15:00:00.000Z',
    );
  });

  it('are asked once more before the call, as are holidays, by what is known then (F073)', () => {
    const identityZone = 'Europe/Lisbon';
    const own = { schedule: always, identityZone, identityHours: office };
    const at = (time: string, more = {}) => {
      const answer = calendarVerdict('Asia/Tokyo', { ...own, ...more }, instant(time));
      return answer.go ? 'go' : [answer.because, answer.until];
    };
    expect(at('2026-03-02T16:59:59Z')).toBe('go');
    expect(at('2026-03-02T17:00:00Z')).toEqual(['identity_window', '2026-03-03T09:00:00.000Z']);
    expect(at('2026-03-02T17:00:00Z', { schedule: office })[0]).toBe('window');
    const holidays = { identity: daysOffOf('PT', 2026), lead: daysOffOf('JP', 2026) };
    expect(at('2026-06-09T15:59:59Z', { holidays })).toBe('go');
    expect(at('2026-06-10T12:00:00Z', { holidays })).toEqual([
      'holiday',
      '2026-06-10T23:00:00.000Z',
    ]);
  });

  it('take their fallback zone where the identity has none', () =>
    expect(answerTo(facts({ identityHours: hours }))).toEqual([
      'identity_window',
      '2026-03-03T10:00:00.000Z',
    ]));
});
