import { dayMs, minuteMs, secondMs } from '@overture/kernel';

/** One UTC day of a zone: one offset, or the moment at which it changed. */
interface DayOffsets {
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly changesAtMs: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly days: Map<number, DayOffsets>;
}

// A year of look-ahead for every zone in use stays in memory; beyond that the oldest knowledge is thrown away.
const zonesMax = 600;
const daysPerZoneMax = 2_000;
const zones = new Map<string, Zone | null>();

/** True for names of the IANA database that this runtime knows. */
export function isZone(name: string): boolean {
  return zoneOf(name) !== null;
}

/** Local time minus UTC at that moment. Asked millions of times: Intl is asked twice a day and zone. */
export function offsetMsAt(ms: number, zone: string): number {
  const day = dayOffsetsAt(ms, zone);
  return ms < day.changesAtMs ? day.beforeMs : day.afterMs;
}

function dayOffsetsAt(ms: number, name: string): DayOffsets {
  const zone = zoneOf(name);
  if (zone === null) throw new RangeError(`"${name}" is not an IANA time zone.`);
  const index = Math.floor(ms / dayMs);
  const known = zone.days.get(index);
  if (known !== undefined) return known;
  if (zone.days.size >= daysPerZoneMax) zone.days.clear();
  const found = readDay(zone.format, index * dayMs);
  zone.days.set(index, found);
  return found;
}

function readDay(format: Intl.DateTimeFormat, startMs: number): DayOffsets {
  const beforeMs = readOffset(format, startMs);
  const afterMs = readOffset(format, startMs + dayMs);
  if (beforeMs === afterMs) return { beforeMs, afterMs, changesAtMs: startMs };
  return { beforeMs, afterMs, changesAtMs: findChange(format, startMs, beforeMs) };
}

/** Clocks change on a whole minute; a zone changes at most once within 24 hours. */
function findChange(format: Intl.DateTimeFormat, startMs: number, beforeMs: number): number {
  let low = 0;
  let high = dayMs / minuteMs;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (readOffset(format, startMs + middle * minuteMs) === beforeMs) low = middle;
    else high = middle;
  }
  return startMs + high * minuteMs;
}

function readOffset(format: Intl.DateTimeFormat, ms: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const localMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return localMs - Math.floor(ms / secondMs) * secondMs;
}

function zoneOf(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (zones.size >= zonesMax) zones.clear();
  const format = formatOf(name);
  const zone = format === null ? null : { format, days: new Map<number, DayOffsets>() };
  zones.set(name, zone);
  return zone;
}

function formatOf(name: string): Intl.DateTimeFormat | null {
  // Offsets such as +02:00 are accepted by Intl but know no daylight saving.
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en-US', { ...wallParts, timeZone: name });
  } catch {
    return null;
  }
}

const wallParts = {
  calendar: 'iso8601',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;
