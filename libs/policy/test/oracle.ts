import { dayMs, minuteMs, toMs, type Instant } from '@overture/kernel';
import {
  ramps,
  tierLimits,
  type ActionKind,
  type Cap,
  type Schedule,
  type Use,
} from '../src/index.js';
import type { Sent, World } from './simulated-days.js';

// What was promised, worked out a second time: no rule, no window, no zone of the code under test.

/** I3: in any 24 hours and 7 days of effects, and on any local day, no more than the lowest figure of that time. */
export function beyondCaps(world: World, sent: readonly Sent[]): string[] {
  const effects = [
    ...world.before.map((use) => ({ ...use, effectAt: use.at, isNew: false })),
    ...sent.map((use) => ({ ...use, isNew: true })),
  ];
  return sent.flatMap(({ kind, effectAt }) => {
    const endMs = toMs(effectAt);
    const within = (ms: number) =>
      effects.filter((each) => each.kind === kind && isWithin(toMs(each.effectAt), endMs, ms));
    const today = effects.filter(
      (each) =>
        each.kind === kind &&
        wallOf(each.effectAt, world.identityZone).date ===
          wallOf(effectAt, world.identityZone).date,
    );
    return [
      ...tooMany(world, within(dayMs), 'per24h'),
      ...tooMany(world, within(7 * dayMs), 'per7d'),
      ...tooMany(world, today, 'perDay'),
    ];
  });
}

interface Effect extends Use {
  readonly isNew: boolean;
}

function tooMany(world: World, effects: readonly Effect[], figure: keyof Cap): string[] {
  const last = effects.reduce((a, b) => (b.at > a.at ? b : a));
  // What was there before may have been too many already; it is no fault of a rule until it adds to it.
  if (!last.isNew) return [];
  const cap = capOf(world, { kind: last.kind, figure, at: last.at });
  return effects.length > cap
    ? [`${effects.length} of ${last.kind} ${figure}, cap ${cap}, at ${last.at}`]
    : [];
}

function capOf(
  { sources: { profile, tier, ramp, campaign } }: World,
  { kind, figure, at }: { kind: ActionKind; figure: keyof Cap; at: Instant },
): number {
  const ofTier = tier === undefined ? Infinity : (tierLimits[tier].caps[kind][figure] ?? Infinity);
  const allowed = Math.min(profile.caps[kind][figure] ?? Infinity, ofTier);
  const share = ramp === undefined ? 1 : shareOn(ramp.name ?? 'warm_up', ramp.startedAt, at);
  const ramped = allowed === Infinity ? allowed : Math.max(1, Math.floor(allowed * share));
  return Math.min(allowed, ramped, campaign?.[kind]?.[figure] ?? Infinity);
}

function shareOn(name: keyof typeof ramps, startedAt: Instant, at: Instant): number {
  const days = (toMs(at) - toMs(startedAt)) / dayMs;
  const begun = ramps[name].steps.filter(({ fromDay }) => fromDay === 0 || fromDay <= days);
  return Math.max(...begun.map(({ share }) => share));
}

function isWithin(ms: number, endMs: number, windowMs: number): boolean {
  return ms <= endMs && ms > endMs - windowMs;
}

/** Never a burst: whatever the clock did, two actions are as far apart as the profile says (F028). */
export function tooClose(world: World, sent: readonly Sent[]): string[] {
  const { gapMs, kindGapMs, firstTouchGapMs } = world.sources.profile;
  const all: Effect[] = [
    ...world.before.map((use) => ({ ...use, isNew: false })),
    ...sent.map((use) => ({ ...use, isNew: true })),
  ];
  const kinds = Object.keys(kindGapMs) as ActionKind[];
  return [
    ...closerThan(all, gapMs.min),
    ...kinds.flatMap((kind) =>
      closerThan(
        all.filter((use) => use.kind === kind),
        kindGapMs[kind],
      ),
    ),
    ...closerThan(
      all.filter(({ firstTouch }) => firstTouch),
      firstTouchGapMs,
    ),
  ];
}

function closerThan(uses: readonly Effect[], gapMs: number): string[] {
  const sorted = uses.toSorted((a, b) => toMs(a.at) - toMs(b.at));
  return sorted.flatMap((use, index) => {
    const earlier = sorted[index - 1];
    if (earlier === undefined || !(use.isNew || earlier.isNew)) return [];
    const apartMs = toMs(use.at) - toMs(earlier.at);
    return apartMs < gapMs ? [`${apartMs} ms apart, ${gapMs} at least, at ${use.at}`] : [];
  });
}

/** I4: the effect is inside the lead's hours and the identity's, by the wall of each, and on nobody's holiday. */
export function outsideHours(world: World, sent: readonly Sent[]): string[] {
  const { schedule, identityHours, identityZone, holidays } = world;
  return sent.flatMap(({ zone: leadZone, at, effectAt }) => {
    const lead = leadZone || schedule.fallbackZone;
    return [at, effectAt].flatMap((moment) => [
      ...(isInside(schedule, moment, lead) ? [] : [`outside hours in ${lead}: ${moment}`]),
      ...(identityHours && !isInside(identityHours, moment, identityZone)
        ? [`outside own hours in ${identityZone}: ${moment}`]
        : []),
      ...(holidays.lead?.days.includes(wallOf(moment, lead).date)
        ? [`holiday in ${lead}: ${moment}`]
        : []),
      ...(holidays.identity?.days.includes(wallOf(moment, identityZone).date)
        ? [`holiday in ${identityZone}: ${moment}`]
        : []),
    ]);
  });
}

function isInside({ windows, daysOff }: Schedule, at: Instant, zone: string): boolean {
  const wall = wallOf(at, zone);
  const yesterday = dayBefore(wall);
  return windows.some(({ weekdays, from, until }) => {
    const opensOn = (day: Wall) => weekdays.includes(day.weekday) && !daysOff.includes(day.date);
    if (from < until) return opensOn(wall) && wall.time >= from && wall.time < until;
    return (opensOn(wall) && wall.time >= from) || (opensOn(yesterday) && wall.time < until);
  });
}

interface Wall {
  readonly date: string;
  readonly time: string;
  readonly weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const walls = new Map<string, Wall>();

/** What Intl shows, to the minute. */
export function wallOf(at: Instant, zone: string): Wall {
  const key = `${zone} ${at.slice(0, 16)}`;
  const known = walls.get(key);
  if (known !== undefined) return known;
  if (walls.size > 200_000) walls.clear();
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'short' } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', options);
  formats.set(zone, format);
  const [date = '', time = ''] = format
    .format(Math.floor(toMs(at) / minuteMs) * minuteMs)
    .split(' ');
  const wall = { date, time, weekday: weekdayOf(date) };
  walls.set(key, wall);
  return wall;
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function dayBefore({ date }: Wall): Wall {
  const before = new Date(Date.parse(`${date}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
  return { date: before, time: '', weekday: weekdayOf(before) };
}
