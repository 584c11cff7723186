import { toMs, type Instant } from '@overture/kernel';
import { claimToEffectMs } from './time-rules.js';
import type { ActionToGo, Answer, Facts, Rule } from './rules.js';
import type { RegionDays, Schedule } from './schedule.js';
import { identityZoneOf, isOpen, nextOpening, zoneFor } from './windows.js';
import { dayOfDate, msOfWallTime, wallTimeOf, weekdayOf } from './zones.js';

/** The lead's hours; the days nobody works, where the lead is and where the identity is; the identity's own hours. */
export const calendarRules: readonly Rule<CalendarQuestion>[] = [
  { name: 'window', version: 1, ask: askWindow },
  { name: 'holiday', version: 1, ask: askHoliday },
  { name: 'identity_window', version: 1, ask: askIdentityWindow },
];

export type CalendarFacts = Pick<Facts, 'schedule' | 'identityZone' | 'identityHours' | 'holidays'>;

/** All that the calendars look at. */
export interface CalendarQuestion {
  readonly action: Pick<ActionToGo, 'zone'>;
  readonly facts: CalendarFacts;
  readonly now: Instant;
  readonly nowMs: number;
  /** How long it must stay open; absent: until the call of a claim made now. */
  readonly forMs?: number;
}

/** One of the two calendars that must both be free. */
interface Side {
  readonly whose: 'lead' | 'identity';
  readonly zone: string;
  readonly days: RegionDays;
}

const notAsked: Answer = { passed: true, inputs: {} };
/** Longer than any row of days off. */
const daysAhead = 60;

function askWindow({ action, facts, ...when }: CalendarQuestion): Answer {
  const { schedule } = facts;
  return askHours(schedule, zoneFor(action.zone, schedule, facts.identityZone), when);
}

function askIdentityWindow({ facts, ...when }: CalendarQuestion): Answer {
  const { identityHours } = facts;
  if (identityHours === undefined) return notAsked;
  return askHours(identityHours, identityZoneOf(facts), when);
}

function askHours(
  schedule: Schedule,
  zone: string,
  { now, forMs = claimToEffectMs }: Pick<CalendarQuestion, 'now' | 'forMs'>,
): Answer {
  const inputs = { zone, now };
  if (isOpen(schedule, zone, now, forMs)) return { passed: true, inputs };
  const opens = nextOpening(schedule, zone, now, claimToEffectMs);
  return { passed: false, inputs, ...(opens && { untilMs: toMs(opens) }) };
}

/** The date on the wall decides, from midnight to midnight. */
function askHoliday({ action, facts, nowMs, forMs }: CalendarQuestion): Answer {
  const sides = sidesOf(action.zone, facts);
  if (sides.length === 0) return notAsked;
  const off = sideOff(sides, nowMs, forMs);
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

function sidesOf(leadZone: string, facts: CalendarFacts): Side[] {
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

function sideOff(sides: readonly Side[], ms: number, forMs = claimToEffectMs): Side | undefined {
  return sides.find((side) => isOff(side, ms) || isOff(side, ms + forMs));
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
