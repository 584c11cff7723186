import { daysOffOf, holidaysOf, isRegion, regionOfZone, restDaysOf } from './index.js';

/** The dates from Monday to Friday, as months and days: what a campaign would otherwise have worked on. */
function workdaysOff(region: string, year: number): string {
  return holidaysOf(region, year)
    .filter(({ date }) => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()))
    .map(({ date }) => date.slice(5))
    .join(' ');
}

// From the public calendars: gov.uk, opm.gov, employment.govt.nz, the German and Portuguese labour codes.
const published = [
  ['GB-ENG', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
  ['GB-ENG', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
  ['GB-ENG', 2028, '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26'],
  ['US', 2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25'],
  ['US', 2027, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
  ['US', 2028, '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25'],
  ['DE', 2026, '01-01 04-03 04-06 05-01 05-14 05-25 12-25'],
  ['DE', 2027, '01-01 03-26 03-29 05-06 05-17'],
  ['DE', 2028, '04-14 04-17 05-01 05-25 06-05 10-03 12-25 12-26'],
  ['PT', 2026, '01-01 04-03 05-01 06-04 06-10 10-05 12-01 12-08 12-25'],
  ['PT', 2027, '01-01 03-26 05-27 06-10 10-05 11-01 12-01 12-08'],
  ['PT', 2028, '04-14 04-25 05-01 06-15 08-15 10-05 11-01 12-01 12-08 12-25'],
  ['NZ', 2026, '01-01 01-02 02-06 04-03 04-06 04-27 06-01 07-10 10-26 12-25 12-28'],
  ['NZ', 2027, '01-01 01-04 02-08 03-26 03-29 04-26 06-07 06-25 10-25 12-27 12-28'],
  ['NZ', 2028, '01-03 01-04 02-07 04-14 04-17 04-25 06-05 07-14 10-23 12-25 12-26'],
] as const;

describe('Public holidays', () => {
  it.each(published)('of %s in %i are those that were published (F037, S2-37)', (...row) => {
    const [region, year, dates] = row;
    expect(workdaysOff(region, year)).toBe(dates);
  });

  it.each([
    ['IN', '01-26 08-15 10-02'],
    ['UA', '01-01 08-24 12-25'],
    ['CA', '01-01 07-01 12-25'],
    ['JP', '01-01 02-11 02-23 04-29 05-04 05-05 11-03 11-23'],
    ['BR', '01-01 04-21 05-01 09-07 10-12 11-02 11-15 12-25'],
  ])('of %s include the days that never move', (region, dates) => {
    for (const year of [2026, 2027, 2028]) {
      const found = holidaysOf(region, year).map(({ date }) => date.slice(5));
      expect(found).toEqual(expect.arrayContaining(dates.split(' ')));
    }
  });

  it('of a part of a country are its own', () => {
    const dates = (region: string) => holidaysOf(region, 2026).map(({ date }) => date);
    expect(dates('DE-BY')).toContain('2026-01-06');
    expect(dates('DE')).not.toContain('2026-01-06');
  });

  it('that last several days close each of them', () => {
    const eid = holidaysOf('AE', 2026).map(({ date }) => date);
    expect(eid).toEqual(expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22']));
  });

  it('include those of the banks', () =>
    expect(holidaysOf('JP', 2026).map(({ date }) => date)).toContain('2026-12-31'));

  it('that begin at noon leave a working day', () => {
    expect(holidaysOf('DE', 2026).map(({ date }) => date)).not.toContain('2026-12-24');
    expect(holidaysOf('CN', 2026).map(({ date }) => date)).not.toContain('2026-05-04');
  });

  it('have names people can read', () =>
    expect(holidaysOf('JP', 2026)[0]).toEqual({ date: '2026-01-01', name: "New Year's Day" }));

  it('of an unknown region are none', () => {
    expect(holidaysOf('XX', 2026)).toEqual([]);
    expect(holidaysOf('DE-XX', 2026)).toEqual([]);
    expect(holidaysOf('', 2026)).toEqual([]);
  });
});

describe('The days off given to the rules', () => {
  it('look into the years beside it, and are the same object for the same question', () => {
    const off = daysOffOf('PT', 2026);
    expect(off.days).toEqual(expect.arrayContaining(['2025-12-25', '2026-12-25', '2027-01-01']));
    expect(off.weekend).toBeUndefined();
    expect(daysOffOf('PT', 2026)).toBe(off);
  });

  it('have the Friday of the Gulf states (S2-37)', () => {
    expect(daysOffOf('SA', 2026).weekend).toEqual([5]);
    expect(restDaysOf('IN')).toEqual([]);
  });
});

describe('A region', () => {
  it.each([
    ['Europe/Kyiv', 'UA'],
    ['Europe/Kiev', 'UA'],
    ['Asia/Kolkata', 'IN'],
    ['Asia/Calcutta', 'IN'],
    ['America/St_Johns', 'CA'],
    ['Pacific/Chatham', 'NZ'],
    ['Europe/Lisbon', 'PT'],
    ['Europe/London', 'GB'],
    ['Europe/Oslo', 'NO'],
    ['Europe/Berlin', 'DE'],
    ['US/Eastern', 'US'],
    ['Asia/Ho_Chi_Minh', 'VN'],
  ])('of zone %s is %s (F038)', (zone, region) => expect(regionOfZone(zone)).toBe(region));

  it.each(['', 'Etc/UTC', 'Etc/GMT+3', 'Mars/Olympus'])('is nowhere for %j', (zone) =>
    expect(regionOfZone(zone)).toBeUndefined(),
  );

  it('is found for nearly every zone in which people live', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter(
      (zone) => !/^(Antarctica|Arctic|Etc|Pacific|Indian)/.test(zone),
    );
    const nowhere = zones.filter((zone) => regionOfZone(zone) === undefined);
    expect(nowhere.length).toBeLessThan(zones.length / 10);
  });

  it('is a country with a calendar, or a part of one', () => {
    expect(['PT', 'DE-BY', 'US-LA-NO'].map(isRegion)).toEqual([true, true, true]);
    expect(['', 'pt', 'XX', 'DE-XX', 'PT-'].map(isRegion)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
