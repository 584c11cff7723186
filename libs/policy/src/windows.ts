import { fromMs, toMs, type Instant } from '@overture/kernel';
import type { Schedule } from './schedule.js';
import { dayOfDate, isZone, msOfWallTime, wallTimeOf, weekdayOf, type WallTime } from './zones.js';

const minutesPerDay = 24 * 60;
/** A schedule that opens on no day of a whole year never opens. */
const daysAhead = 370;

interface Opening {
  readonly from: number;
  /** Past 1440 when the window crosses midnight: it belongs to the day on which it opens. */
  readonly until: number;
}

interface Calendar {
  /** By ISO weekday, 1 to 7; index 0 is empty. */
  readonly openings: readonly (readonly Opening[])[];
  readonly daysOff: ReadonlySet<number>;
}

/** True while the schedule lets act in this zone, and goes on to for `forMs` more. */
export function isOpen(schedule: Schedule, zone: string, at: Instant, forMs = 0): boolean {
  return isOpenAt(calendarOf(schedule), zone, toMs(at), forMs);
}

/** The first moment from `at` on at which the schedule is open for `forMs`; undefined: not within a year. */
export function nextOpening(
  schedule: Schedule,
  zone: string,
  at: Instant,
  forMs = 0,
): Instant | undefined {
  const calendar = calendarOf(schedule);
  const atMs = toMs(at);
  if (isOpenAt(calendar, zone, atMs, forMs)) return at;
  const today = wallTimeOf(atMs, zone).day;
  for (let day = today - 1; day <= today + daysAhead; day++) {
    const starts = openingsOn(calendar, day)
      .map(({ from }) => msOfWallTime({ day, minute: from }, zone))
      .filter((ms) => ms > atMs && isOpenAt(calendar, zone, ms, forMs));
    if (starts.length > 0) return fromMs(Math.min(...starts));
  }
  return undefined;
}

/** The lead's zone where it is known and real, else the campaign's, else the identity's (F038, S4-42). */
export function zoneFor(leadZone: string, schedule: Schedule, identityZone = ''): string {
  if (isZone(leadZone)) return leadZone;
  if (isZone(schedule.fallbackZone)) return schedule.fallbackZone;
  return isZone(identityZone) ? identityZone : 'Etc/UTC';
}

/** Where the identity's own day begins and ends. */
export function identityZoneOf({
  identityZone = '',
  schedule,
  identityHours,
}: {
  readonly identityZone?: string | undefined;
  readonly schedule: Schedule;
  readonly identityHours?: Schedule | undefined;
}): string {
  if (isZone(identityZone)) return identityZone;
  return zoneFor('', identityHours ?? schedule);
}

function isOpenAt(calendar: Calendar, zone: string, ms: number, forMs: number): boolean {
  if (!isWallOpen(calendar, wallTimeOf(ms, zone))) return false;
  return forMs === 0 || isWallOpen(calendar, wallTimeOf(ms + forMs, zone));
}

function isWallOpen(calendar: Calendar, { day, minute }: WallTime): boolean {
  const isInside = (at: number) => (opening: Opening) => opening.from <= at && at < opening.until;
  return (
    openingsOn(calendar, day).some(isInside(minute)) ||
    openingsOn(calendar, day - 1).some(isInside(minute + minutesPerDay))
  );
}

function openingsOn({ openings, daysOff }: Calendar, day: number): readonly Opening[] {
  return daysOff.has(day) ? [] : (openings[weekdayOf(day)] ?? []);
}

const calendars = new WeakMap<Schedule, Calendar>();

function calendarOf(schedule: Schedule): Calendar {
  const known = calendars.get(schedule);
  if (known !== undefined) return known;
  const openings: Opening[][] = Array.from({ length: 8 }, () => []);
  for (const { weekdays, from, until } of schedule.windows) {
    const opening = { from: minuteOf(from), until: minuteOf(until) };
    if (opening.until <= opening.from) opening.until += minutesPerDay;
    for (const weekday of new Set(weekdays)) openings[weekday]?.push(opening);
  }
  const calendar = { openings, daysOff: new Set(schedule.daysOff.map(dayOfDate)) };
  calendars.set(schedule, calendar);
  return calendar;
}

function minuteOf(wallTime: string): number {
  const [hours, minutes] = wallTime.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
