import Holidays from 'date-holidays';
import { isRegion, restDaysOf } from './regions.js';

export interface Holiday {
  /** Local date, YYYY-MM-DD. */
  readonly date: string;
  /** In English where it has an English name. */
  readonly name: string;
}

const dayMs = 24 * 60 * 60 * 1_000;
const knownMax = 2_000;
const known = new Map<string, readonly Holiday[]>();

/**
 * The days of a year on which a region's offices are closed, in order: public and bank holidays, with the days given in
 * their stead. None where no calendar is known.
 */
export function holidaysOf(region: string, year: number): readonly Holiday[] {
  const key = `${region} ${year}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= knownMax) known.clear();
  const holidays = isRegion(region) ? workOut(region, year) : [];
  known.set(key, holidays);
  return holidays;
}

function workOut(region: string, year: number): readonly Holiday[] {
  const [country = '', ...parts] = region.split('-');
  const calendar = new Holidays();
  calendar.init({ country, ...partsOf(parts) }, { languages: ['en'], types: ['public', 'bank'] });
  const byDate = new Map<string, Holiday>();
  for (const holiday of calendar.getHolidays(year)) {
    for (const date of datesOf(holiday)) {
      if (!byDate.has(date)) byDate.set(date, { date, name: holiday.name });
    }
  }
  return [...byDate.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function partsOf([state, region]: readonly string[]): { state?: string; region?: string } {
  return { ...(state !== undefined && { state }), ...(region !== undefined && { region }) };
}

interface Span {
  readonly date: string;
  readonly start: Date;
  readonly end: Date;
}

const mostOfADay = 0.75;

// A holiday that begins in the middle of a day and ends with it leaves the day a working day. One that begins at sunset
// is named by the day after.
function datesOf({ date, start, end }: Span): readonly string[] {
  const days = (end.getTime() - start.getTime()) / dayMs;
  if (days < mostOfADay) return [];
  const firstMs = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: Math.round(days) }, (_, index) =>
    new Date(firstMs + index * dayMs).toISOString().slice(0, 10),
  );
}

/** The days off of a region around a year, in the shape the rules of libs/policy take. */
export interface DaysOff {
  readonly region: string;
  readonly days: readonly string[];
  readonly weekend?: readonly number[];
}

const daysOff = new Map<string, DaysOff>();

/**
 * This year's, the next one's, since December looks into January, and the last one's, since its last evening goes on in
 * the west when the year is over in UTC. The same object for the same question.
 */
export function daysOffOf(region: string, year: number): DaysOff {
  const key = `${region} ${year}`;
  const found = daysOff.get(key);
  if (found !== undefined) return found;
  if (daysOff.size >= knownMax) daysOff.clear();
  const years = [year - 1, year, year + 1];
  const days = years.flatMap((each) => holidaysOf(region, each).map(({ date }) => date));
  const weekend = restDaysOf(region);
  const off = { region, days, ...(weekend.length > 0 && { weekend }) };
  daysOff.set(key, off);
  return off;
}
