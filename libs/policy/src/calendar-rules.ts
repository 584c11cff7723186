import { toMs, type Instant } from '@overture/kernel';
import { claimToEffectMs } from './time-rules.js';
import type { Answer, Facts, Question, Rule } from './rules.js';
import type { RegionDays } from './schedule.js';
import { identityZoneOf, isOpen, nextOpening, zoneFor } from './windows.js';
import { dayOfDate, msOfWallTime, wallTimeOf, weekdayOf } from './zones.js';

/** The days nobody works, where the lead is and where the identity is; and the identity's own hours (F036, F037). */
export const calendarRules: readonly Rule[] = [
  { name: 'holiday', version: 1, ask: askHoliday },
  { name: 'identity_window', version: 1, ask: askIdentityWindow },
];

/** One of the two calendars that must both be free. */
interface Side {
  readonly whose: 'lead' | 'identity';
  readonly zone: string;
  readonly days: RegionDays;
}

const noHolidays: Answer = { passed: true, inputs: {} };
/** Longer than any row of days off. */
const daysAhead = 60;

/** The date on the wall decides, from midnight to midnight. */
function askHoliday({ action, facts, nowMs }: Question): Answer {
  const sides = sidesOf(action.zone, facts);
  if (sides.length === 0) return noHolidays;
  const off = sideOff(sides, nowMs);
  const inputs = Object.fromEntries(sides.map(({ whose, days }) => [whose, days.region]));
  if (off === undefined) return { passed: true, inputs };
  const why = { off: off.whose, region: off.days.region, zone: off.zone };
  const untilMs = endOfDaysOff(sides, nowMs);
  return {
    passed: false,
    inputs: { ...inputs, ...why },
    ...(untilMs !== undefined && { untilMs }),
  };
}

function sidesOf(leadZone: string, facts: Facts): Side[] {
  const { holidays, schedule, identityHours = schedule } = facts;
  if (holidays === undefined) return [];
  const { lead, identity } = holidays;
  const sides: Side[] = [];
  if (lead !== undefined && schedule.holidays !== 'work') {
    const zone = zoneFor(leadZone, schedule, facts.identityZone);
    sides.push({ whose: 'lead', zone, days: lead });
  }
  if (identity !== undefined && identityHours.holidays !== 'work') {
    sides.push({ whose: 'identity', zone: identityZoneOf(facts), days: identity });
  }
  return sides;
}

/** Whether the wall of this zone shows one of these days off. */
export function isDayOff(days: RegionDays, zone: string, at: Instant): boolean {
  return isOff({ days, zone }, toMs(at));
}

function sideOff(sides: readonly Side[], ms: number): Side | undefined {
  return sides.find((side) => isOff(side, ms) || isOff(side, ms + claimToEffectMs));
}

function isOff({ zone, days }: Pick<Side, 'zone' | 'days'>, ms: number): boolean {
  const { day } = wallTimeOf(ms, zone);
  const { dates, weekend } = knownDays(days);
  return dates.has(day) || weekend.has(weekdayOf(day));
}

function endOfDaysOff(sides: readonly Side[], nowMs: number): number | undefined {
  let ms = nowMs;
  for (let tried = 0; tried < daysAhead; tried++) {
    const off = sideOff(sides, ms);
    if (off === undefined) return ms;
    const { day } = wallTimeOf(ms + claimToEffectMs, off.zone);
    ms = msOfWallTime(
      { day: isOff(off, ms + claimToEffectMs) ? day + 1 : day, minute: 0 },
      off.zone,
    );
  }
  return undefined;
}

interface KnownDays {
  readonly dates: ReadonlySet<number>;
  readonly weekend: ReadonlySet<number>;
}

const compiled = new WeakMap<RegionDays, KnownDays>();

function knownDays(days: RegionDays): KnownDays {
  const known = compiled.get(days);
  if (known !== undefined) return known;
  const found = { dates: new Set(days.days.map(dayOfDate)), weekend: new Set(days.weekend) };
  compiled.set(days, found);
  return found;
}

function askIdentityWindow({ facts, now }: Question): Answer {
  const { identityHours } = facts;
  if (identityHours === undefined) return noHolidays;
  const zone = identityZoneOf(facts);
  const inputs = { zone, now };
  if (isOpen(identityHours, zone, now, claimToEffectMs)) return { passed: true, inputs };
  const opens = nextOpening(identityHours, zone, now, claimToEffectMs);
  return { passed: false, inputs, ...(opens && { untilMs: toMs(opens) }) };
}
