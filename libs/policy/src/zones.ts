import { dayMs, fromMs, minuteMs, toMs, type Instant } from '@overture/kernel';
import { offsetMsAt } from './offsets.js';

export { isZone } from './offsets.js';

/** What a clock on the wall shows: the local date, as days since 1970-01-01, and the minute of that day. */
export interface WallTime {
  readonly day: number;
  readonly minute: number;
}

export function wallTimeAt(at: Instant, zone: string): WallTime {
  return wallTimeOf(toMs(at), zone);
}

/**
 * The first moment at which the wall shows this time or a later one. In the hour that spring skips that is the end of
 * the skip; in the hour that autumn repeats, its first run.
 */
export function instantOfWallTime(wall: WallTime, zone: string): Instant {
  return fromMs(msOfWallTime(wall, zone));
}

/** 1970-01-01 is day 0. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

/** ISO: 1 is Monday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function wallTimeOf(ms: number, zone: string): WallTime {
  const localMs = ms + offsetMsAt(ms, zone);
  const day = Math.floor(localMs / dayMs);
  return { day, minute: Math.floor((localMs - day * dayMs) / minuteMs) };
}

export function msOfWallTime({ day, minute }: WallTime, zone: string): number {
  const localMs = day * dayMs + minute * minuteMs;
  const before = offsetMsAt(localMs - dayMs, zone);
  const after = offsetMsAt(localMs + dayMs, zone);
  if (before === after) return localMs - before;
  const byOldOffset = localMs - before;
  if (offsetMsAt(byOldOffset, zone) === before) return byOldOffset;
  const byNewOffset = localMs - after;
  // Where neither offset fits, the wall skips this time: the skip ends when the old offset does.
  return offsetMsAt(byNewOffset, zone) === after
    ? byNewOffset
    : endOfSkip(byNewOffset, before, zone);
}

function endOfSkip(fromMs: number, before: number, zone: string): number {
  let ms = fromMs;
  while (offsetMsAt(ms, zone) === before) ms += minuteMs;
  return ms;
}
