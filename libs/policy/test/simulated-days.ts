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
import {
  actionKinds,
  effectiveLimits,
  limitProfiles,
  tiers,
  usageOf,
  type ActionKind,
  type ActionToGo,
  type Facts,
  type LimitSources,
  type LocalWindow,
  type RegionDays,
  type Schedule,
  type Usage,
  type Use,
} from '../src/index.js';
import type { Rule } from '../src/rules.js';
import { judge, rulesInOrder } from '../src/verdict.js';

/** Some weeks of one identity: what it is held to, what it wants to do, and a clock that does not behave. */
export interface World {
  readonly start: Instant;
  readonly sources: LimitSources;
  readonly schedule: Schedule;
  readonly identityHours?: Schedule;
  readonly identityZone: string;
  readonly holidays: { readonly lead?: RegionDays; readonly identity?: RegionDays };
  readonly before: readonly Use[];
  readonly wants: readonly Want[];
}

export interface Want {
  readonly kind: ActionKind;
  readonly zone: string;
  readonly firstTouch: boolean;
  /** From its claim to its effect. */
  readonly effectAfterMs: number;
  /** What the clock does before it is asked; the process starts anew with each jump. */
  readonly jumpMs: number;
}

export interface Sent extends Use {
  readonly zone: string;
  readonly effectAt: Instant;
}

/** Who decides: the rules, or a mutant of them. */
export interface Judgement {
  readonly rules: readonly Rule[];
  readonly usage: (
    uses: readonly Use[],
    kind: ActionKind,
    limits: Facts['limits'],
    now: Instant,
  ) => Usage;
  readonly limits: typeof effectiveLimits;
  readonly facts: (facts: Facts, restarted: boolean) => Facts;
}

export const asBuilt: Judgement = {
  rules: rulesInOrder,
  usage: usageOf,
  limits: effectiveLimits,
  facts: (given) => given,
};

const asksMax = 100;

/** Everything that went, with the ledger as the only memory between two questions. */
export function play(world: World, judgement: Judgement): Sent[] {
  const sent: Sent[] = [];
  let at = world.start;
  for (const want of world.wants) {
    at = plus(at, want.jumpMs);
    const goneAt = goesAt({ world, want, uses: [...sent, ...world.before] }, at, judgement);
    if (goneAt === undefined) continue;
    const { kind, firstTouch, zone, effectAfterMs } = want;
    sent.push({ kind, firstTouch, zone, at: goneAt, effectAt: plus(goneAt, effectAfterMs) });
    at = plus(goneAt, minuteMs / 2);
  }
  return sent;
}

interface Asked {
  readonly world: World;
  readonly want: Want;
  readonly uses: readonly Use[];
}

function goesAt({ world, want, uses }: Asked, from: Instant, by: Judgement): Instant | undefined {
  const action: ActionToGo = { ...want, notBefore: from };
  let at = from;
  for (let asks = 0; asks < asksMax; asks++) {
    const limits = by.limits(world.sources, at);
    const given = factsOf(world, by.usage(uses, want.kind, limits, at), limits);
    const facts = by.facts(given, asks === 0 && want.jumpMs !== 0);
    const answer = judge(by.rules, { action, facts, now: at, nowMs: toMs(at) });
    if (answer.go) return at;
    if (answer.until === undefined) return undefined;
    // Asked too soon as well, on the way to the time it named.
    at = asks % 2 === 0 ? between(at, answer.until) : answer.until;
  }
  return undefined;
}

function between(from: Instant, until: Instant): Instant {
  const waitMs = toMs(until) - toMs(from);
  return plus(from, waitMs > minuteMs ? waitMs - 15_000 : waitMs);
}

function factsOf(world: World, usage: Usage, limits: Facts['limits']): Facts {
  const { schedule, identityHours, identityZone, holidays } = world;
  const open = { open: true };
  return {
    gates: { workspace: open, campaign: open, identity: open },
    schedule,
    identityId: 'i-1',
    identityZone,
    ...(identityHours && { identityHours }),
    holidays,
    limits,
    usage,
  };
}

export const zones = [
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Chatham',
  'Europe/Kyiv',
  'America/New_York',
  'Australia/Lord_Howe',
  'Etc/UTC',
];

// Days before a night on which clocks change somewhere.
const starts = ['2026-03-05', '2026-03-26', '2026-04-02', '2026-10-22', '2026-10-29'];
const start = fc
  .tuple(fc.constantFrom(...starts), fc.nat(3 * 24 * 60))
  .map(([day, minutes]) => plus(instant(`${day}T00:00:00Z`), minutes * minuteMs));

const always: Schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
  fallbackZone: 'Etc/UTC',
  daysOff: [],
};

const window: fc.Arbitrary<LocalWindow> = fc
  .record({
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 7 }),
    from: fc.nat(47),
    halfHours: fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 1, max: 30 })),
  })
  .map(({ weekdays, from, halfHours }) => {
    return { weekdays, from: wallTime(from), until: wallTime(from + halfHours) };
  });

function wallTime(halfHours: number): string {
  const minutes = (halfHours % 48) * 30;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const schedule: fc.Arbitrary<Schedule> = fc.record({
  windows: fc.array(window, { minLength: 1, maxLength: 3 }),
  fallbackZone: fc.constantFrom(...zones),
  daysOff: fc.constantFrom<string[]>([], ['2026-03-09', '2026-10-26']),
});

/** A few local dates, from one week to five after the earliest start of their season. */
const regionDays: fc.Arbitrary<RegionDays> = fc
  .tuple(fc.constantFrom(...starts), fc.uniqueArray(fc.nat(21), { maxLength: 8 }))
  .map(([day, after]) => {
    const dates = after.map((days) => plus(instant(`${day}T00:00:00Z`), days * dayMs).slice(0, 10));
    return { region: 'XX', days: dates };
  });

const cap = fc.record(
  {
    per24h: fc.integer({ min: 1, max: 8 }),
    per7d: fc.integer({ min: 4, max: 25 }),
    perDay: fc.integer({ min: 1, max: 6 }),
  },
  { requiredKeys: [] },
);

const sources = (from: Instant): fc.Arbitrary<LimitSources> =>
  fc.record(
    {
      profile: fc.constantFrom(...limitProfiles),
      tier: fc.constantFrom(...tiers),
      ramp: fc.record({
        name: fc.constantFrom('warm_up', 'recovery'),
        startedAt: fc.integer({ min: -50, max: 2 }).map((days) => plus(from, days * dayMs)),
      }),
      campaign: fc.record({ connect: cap, message: cap, visit: cap }, { requiredKeys: [] }),
    },
    { requiredKeys: ['profile'] },
  );

const kind = fc.constantFrom<ActionKind>(
  'connect',
  'message',
  'message',
  'message',
  'visit',
  ...actionKinds,
);

// Forward over a night, a week or a month; back over an hour or two days. Most of the time it only goes on.
const jumpMs = fc.oneof(
  { weight: 30, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(10 * hourMs, 7 * dayMs, 31 * dayMs) },
  { weight: 1, arbitrary: fc.constantFrom(-minuteMs, -hourMs, -2 * dayMs) },
);

function want(effectAfterMsMax: number): fc.Arbitrary<Want> {
  return fc.record({
    kind,
    zone: fc.constantFrom(...zones, ''),
    firstTouch: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    effectAfterMs: fc.oneof(
      fc.constant(0),
      fc.constant(effectAfterMsMax),
      fc.nat(effectAfterMsMax),
    ),
    jumpMs,
  });
}

function before(from: Instant): fc.Arbitrary<Use[]> {
  const use = fc.record({ kind, minutes: fc.nat(8 * 24 * 60), firstTouch: fc.boolean() });
  return fc.array(use, { maxLength: 25 }).map((uses) =>
    uses.map(({ kind: of, minutes, firstTouch }) => {
      return { kind: of, firstTouch, at: fromMs(toMs(from) - minutes * minuteMs) };
    }),
  );
}

/** Always at work, so that nothing but caps and pauses holds it back. */
export const busyWorlds: fc.Arbitrary<World> = start.chain((from) =>
  fc.record({
    start: fc.constant(from),
    sources: sources(from),
    schedule: fc.constant(always),
    identityZone: fc.constantFrom(...zones),
    holidays: fc.constant({}),
    before: before(from),
    wants: fc.array(want(15 * minuteMs - 1), { minLength: 40, maxLength: 120 }),
  }),
);

/** With hours, holidays and zones of every sort, for the lead and for the identity. */
export const scheduledWorlds: fc.Arbitrary<World> = start.chain((from) =>
  fc.record(
    {
      start: fc.constant(from),
      sources: sources(from),
      schedule,
      identityHours: schedule,
      identityZone: fc.constantFrom(...zones),
      holidays: fc.record({ lead: regionDays, identity: regionDays }, { requiredKeys: [] }),
      before: before(from),
      wants: fc.array(want(2 * minuteMs), { minLength: 20, maxLength: 70 }),
    },
    {
      requiredKeys: ['start', 'sources', 'schedule', 'identityZone', 'holidays', 'before', 'wants'],
    },
  ),
);
