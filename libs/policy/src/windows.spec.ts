import {
  dayMs,
  fromMs,
  hourMs,
  instant,
  minuteMs,
  plus,
  toMs,
  type Instant,
} from '@overture/kernel';
import fc from 'fast-check';
import { defaultSchedule, scheduleProblems, type LocalWindow, type Schedule } from './schedule.js';
import { isOpen, nextOpening, zoneFor } from './windows.js';
import { instantOfWallTime, isZone, wallTimeAt, weekdayOf } from './zones.js';

const week = [1, 2, 3, 4, 5, 6, 7];
const zones = [
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Chatham',
  'Europe/Kyiv',
  'America/New_York',
  'Australia/Lord_Howe',
  'Etc/UTC',
];

function schedule(windows: readonly LocalWindow[], daysOff: readonly string[] = []): Schedule {
  return { windows, daysOff, fallbackZone: 'Etc/UTC' };
}

function daily(from: string, until: string): Schedule {
  return schedule([{ weekdays: week, from, until }]);
}

function opens(given: Schedule, zone: string, at: string): string | undefined {
  return nextOpening(given, zone, instant(at));
}

describe('Working hours', () => {
  it('are the lead’s own, wherever the lead is (S4-42, F038)', () => {
    // 09:00 on Monday 2 March 2026, by the wall of each zone.
    const found = zones.map((zone) => opens(defaultSchedule, zone, '2026-03-01T20:00:00Z'));
    expect(found).toEqual([
      '2026-03-02T03:30:00.000Z',
      '2026-03-02T12:30:00.000Z',
      '2026-03-01T20:00:00.000Z',
      '2026-03-02T07:00:00.000Z',
      '2026-03-02T14:00:00.000Z',
      '2026-03-01T22:00:00.000Z',
      '2026-03-02T09:00:00.000Z',
    ]);
  });

  it('fall back to the campaign’s zone, then to the identity’s, then to UTC', () => {
    const lisbon = { ...defaultSchedule, fallbackZone: 'Europe/Lisbon' };
    expect(zoneFor('Asia/Kolkata', lisbon)).toBe('Asia/Kolkata');
    expect(zoneFor('', lisbon)).toBe('Europe/Lisbon');
    expect(zoneFor('Not/AZone', lisbon)).toBe('Europe/Lisbon');
    expect(zoneFor('', { ...lisbon, fallbackZone: '' }, 'Europe/Kyiv')).toBe('Europe/Kyiv');
    expect(zoneFor('', { ...lisbon, fallbackZone: '' })).toBe('Etc/UTC');
  });

  it('skip the weekend unless asked (S2-37)', () => {
    expect(opens(defaultSchedule, 'Etc/UTC', '2026-03-06T17:00:00Z')).toBe(
      '2026-03-09T09:00:00.000Z',
    );
    expect(opens(daily('09:00', '17:00'), 'Etc/UTC', '2026-03-06T17:00:00Z')).toBe(
      '2026-03-07T09:00:00.000Z',
    );
  });

  it('skip days off, by the lead’s own calendar', () => {
    const closed = { ...defaultSchedule, daysOff: ['2026-03-02', '2026-03-03'] };
    expect(opens(closed, 'Pacific/Chatham', '2026-03-01T20:00:00Z')).toBe(
      '2026-03-03T19:15:00.000Z',
    );
  });

  it('hold the first minute and not the last', () => {
    const at = (time: string) => isOpen(defaultSchedule, 'Etc/UTC', instant(`2026-03-02T${time}Z`));
    expect(['08:59:59.999', '09:00:00', '16:59:59.999', '17:00:00'].map(at)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('may cross midnight and belong to the day on which they open', () => {
    const nights = schedule([{ weekdays: [5], from: '22:00', until: '02:00' }]);
    const at = (time: string) => isOpen(nights, 'Etc/UTC', instant(time));
    expect(at('2026-03-06T23:00:00Z')).toBe(true);
    expect(at('2026-03-07T01:59:00Z')).toBe(true);
    expect(at('2026-03-07T02:00:00Z')).toBe(false);
    expect(at('2026-03-07T23:00:00Z')).toBe(false);
    expect(at('2026-03-06T01:00:00Z')).toBe(false);
    const withoutFriday = { ...nights, daysOff: ['2026-03-06'] };
    expect(isOpen(withoutFriday, 'Etc/UTC', instant('2026-03-07T01:00:00Z'))).toBe(false);
  });

  it('are closed when too little of them is left', () => {
    const open = (time: string) =>
      isOpen(defaultSchedule, 'Etc/UTC', instant(`2026-03-02T${time}Z`), 2 * minuteMs);
    expect(['16:57:59', '16:58:00', '16:59:00'].map(open)).toEqual([true, false, false]);
    expect(
      nextOpening(defaultSchedule, 'Etc/UTC', instant('2026-03-02T16:58:00Z'), 2 * minuteMs),
    ).toBe('2026-03-03T09:00:00.000Z');
  });

  it('that never open are said to never open', () => {
    const never = schedule([{ weekdays: [7], from: '09:00', until: '10:00' }]);
    const sundays = Array.from({ length: 60 }, (_, index) =>
      fromMs(Date.parse('2026-03-01T00:00:00Z') + index * 7 * dayMs).slice(0, 10),
    );
    expect(opens({ ...never, daysOff: sundays }, 'Etc/UTC', '2026-03-01T00:00:00Z')).toBe(
      undefined,
    );
  });
});

describe('The nights on which clocks change (F039)', () => {
  it('a window inside the hour that spring skips opens after the skip, or not at all', () => {
    // Kyiv, 29 March 2026: 03:00 becomes 04:00.
    expect(opens(daily('03:30', '05:00'), 'Europe/Kyiv', '2026-03-28T20:00:00Z')).toBe(
      '2026-03-29T01:00:00.000Z',
    );
    expect(opens(daily('03:15', '03:45'), 'Europe/Kyiv', '2026-03-28T20:00:00Z')).toBe(
      '2026-03-30T00:15:00.000Z',
    );
  });

  it('a window inside the hour that autumn repeats opens on its first run', () => {
    // New York, 1 November 2026: 02:00 becomes 01:00.
    expect(opens(daily('01:30', '03:00'), 'America/New_York', '2026-11-01T00:00:00Z')).toBe(
      '2026-11-01T05:30:00.000Z',
    );
  });

  it('working hours stay where the wall shows them', () => {
    const before = opens(daily('09:00', '17:00'), 'Europe/Kyiv', '2026-03-28T00:00:00Z');
    const after = opens(daily('09:00', '17:00'), 'Europe/Kyiv', '2026-03-29T00:00:00Z');
    expect([before, after]).toEqual(['2026-03-28T07:00:00.000Z', '2026-03-29T06:00:00.000Z']);
    const american = opens(daily('09:00', '17:00'), 'America/St_Johns', '2026-03-08T04:00:00Z');
    expect(american).toBe('2026-03-08T11:30:00.000Z');
  });

  it('half-hour changes are read as well', () => {
    // Lord Howe, 5 April 2026: 02:00 becomes 01:30.
    expect(opens(daily('03:00', '04:00'), 'Australia/Lord_Howe', '2026-04-04T06:00:00Z')).toBe(
      '2026-04-04T16:30:00.000Z',
    );
  });
});

describe('Wall time', () => {
  const moment = fc.integer({
    min: Date.parse('2024-01-01T00:00:00Z'),
    max: Date.parse('2029-01-01T00:00:00Z'),
  });
  const zone = fc.constantFrom(...zones);
  const options = { seed: 20_260_305, numRuns: 3_000 };

  it('is what Intl says, at any minute of any zone', () =>
    fc.assert(
      fc.property(moment, zone, (ms, name) => {
        const { day, minute } = wallTimeAt(fromMs(ms), name);
        const shown = new Intl.DateTimeFormat('sv-SE', {
          timeZone: name,
          dateStyle: 'short',
          timeStyle: 'short',
        }).format(ms);
        const wall = fromMs(day * dayMs + minute * minuteMs);
        expect(`${wall.slice(0, 10)} ${wall.slice(11, 16)}`).toBe(shown);
      }),
      options,
    ));

  it('leads back to its instant, or to the first of two', () =>
    fc.assert(
      fc.property(moment, zone, (ms, name) => {
        const at = fromMs(Math.floor(ms / minuteMs) * minuteMs);
        const back = instantOfWallTime(wallTimeAt(at, name), name);
        expect(back <= at).toBe(true);
        expect(wallTimeAt(back, name)).toEqual(wallTimeAt(at, name));
        expect(toMs(at) - toMs(back)).toBeLessThanOrEqual(hourMs);
      }),
      options,
    ));

  it('opens a schedule where it says, and nowhere before (I4)', () =>
    fc.assert(
      fc.property(
        moment,
        zone,
        fc.nat(23),
        fc.integer({ min: 1, max: 20 }),
        (ms, name, hour, length) => {
          const clock = (h: number) => `${String(h % 24).padStart(2, '0')}:00`;
          const given = schedule([
            { weekdays: [1, 2, 3, 4, 5], from: clock(hour), until: clock(hour + length) },
          ]);
          const at = fromMs(ms);
          const opening = nextOpening(given, name, at) as Instant;
          expect(isOpen(given, name, opening)).toBe(true);
          for (let before = at; before < opening; before = plus(before, 20 * minuteMs)) {
            expect([before, isOpen(given, name, before)]).toEqual([before, false]);
          }
        },
      ),
      { ...options, numRuns: 500 },
    ));

  it('knows its weekdays and its zones', () => {
    expect(weekdayOf(0)).toBe(4);
    expect(weekdayOf(-1)).toBe(3);
    expect(['Europe/Lisbon', 'Mars/Olympus', '', '+02:00'].map(isZone)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('A schedule that could not be kept is refused', () => {
  const pathsOf = (over: Partial<Schedule>) =>
    scheduleProblems({ ...defaultSchedule, ...over }).map(({ path }) => path);
  const window = { weekdays: [1], from: '09:00', until: '17:00' };

  it.each([
    [{}, []],
    [{ windows: [{ ...window, until: '24:00' }] }, []],
    [{ windows: [] }, ['/windows']],
    [{ fallbackZone: 'Mars/Olympus' }, ['/fallbackZone']],
    [{ windows: [{ ...window, weekdays: [0] }] }, ['/windows/0/weekdays']],
    [{ windows: [{ ...window, weekdays: [] }] }, ['/windows/0/weekdays']],
    [{ windows: [{ ...window, from: '9:00' }] }, ['/windows/0/from']],
    [{ windows: [{ ...window, until: '25:00' }] }, ['/windows/0/until']],
    [{ windows: [{ ...window, until: '09:00' }] }, ['/windows/0']],
    [{ daysOff: ['2026-02-30x'] }, ['/daysOff/0']],
  ])('%j', (over, paths) => expect(pathsOf(over)).toEqual(paths));
});
