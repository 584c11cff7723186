import { minuteMs, secondMs, toMs, type Instant } from '@overture/kernel';
import fc from 'fast-check';
import { beyondCaps, outsideHours, tooClose } from '../test/oracle.js';
import {
  asBuilt,
  busyWorlds,
  play,
  scheduledWorlds,
  type Judgement,
  type Sent,
  type World,
} from '../test/simulated-days.js';
import { capWindowMs } from './limits.js';
import type { Question, Rule, RuleName } from './rules.js';
import { usageOf, type Use } from './usage.js';
import { isOpen, nextOpening } from './windows.js';

const seed = 20_261_121;

type Oracle = (world: World, sent: readonly Sent[]) => readonly string[];

/** What the first world that broke a promise said; empty when none did. */
function breaches(worlds: fc.Arbitrary<World>, oracle: Oracle, judgement: Judgement): string {
  const { errorInstance } = fc.check(
    fc.property(worlds, (world) => {
      expect(oracle(world, play(world, judgement))).toEqual([]);
    }),
    { seed, numRuns: 80, endOnFailure: true },
  );
  return errorInstance instanceof Error ? errorInstance.message : '';
}

/** The rules, but for one that answers otherwise. */
function withRule(
  name: RuleName,
  ask: (question: Question, rule: Rule) => ReturnType<Rule['ask']>,
): Judgement {
  const rules = asBuilt.rules.map((rule) =>
    rule.name === name ? { ...rule, ask: (question: Question) => ask(question, rule) } : rule,
  );
  return { ...asBuilt, rules };
}

function counted(uses: readonly Use[], kind: Use['kind'], now: Instant, sinceMs: number): number {
  return uses.filter((use) => use.kind === kind && toMs(use.at) > sinceMs && use.at <= now).length;
}

describe(`Over random profiles, ramps, campaigns, ledgers and clocks (seed ${seed})`, () => {
  it('enough goes to prove something, and every sort of figure binds', () => {
    const bound = new Set<unknown>();
    let total = 0;
    const noting: Judgement = withRule('cap_24h', (question, { ask }) => {
      const answer = ask(question);
      if (!answer.passed) bound.add(answer.inputs['by']);
      return answer;
    });
    for (const world of fc.sample(busyWorlds, { seed, numRuns: 100 })) {
      total += play(world, noting).length;
    }
    expect(total).toBeGreaterThan(4_000);
    expect(bound).toEqual(new Set(['profile', 'tier', 'ramp', 'campaign']));
  });

  it('no 24 hours, no 7 days and no local day has more effects than its cap (I3, F023, F024)', () =>
    expect(breaches(busyWorlds, beyondCaps, asBuilt)).toBe(''));

  it('no two actions are closer than they may be, after any jump or restart (I3, F028)', () =>
    expect(breaches(busyWorlds, tooClose, asBuilt)).toBe(''));

  const mutants: readonly [string, Oracle, Judgement][] = [
    [
      'lets one more than the cap through',
      beyondCaps,
      withRule('cap_24h', (question, { ask }) => {
        const { cap, used } = ask(question).inputs as { cap: number; used: number };
        return { passed: used <= cap, inputs: {} };
      }),
    ],
    [
      'lets one more than the weekly cap through',
      beyondCaps,
      withRule('cap_7d', (question, { ask }) => {
        const { cap = Infinity, used } = ask(question).inputs as { cap?: number; used: number };
        return { passed: used <= cap, inputs: {} };
      }),
    ],
    [
      'counts from midnight instead of 24 hours back',
      beyondCaps,
      {
        ...asBuilt,
        usage: (uses, kind, limits, now) => {
          const midnightMs = Date.parse(`${now.slice(0, 10)}T00:00:00Z`);
          const used = counted(uses, kind, now, midnightMs);
          const { last24h: _, ...usage } = usageOf(uses, kind, limits, now);
          return { ...usage, last24h: { used } };
        },
      },
    ],
    [
      'forgets that effects come after their claims',
      beyondCaps,
      withRule('cap_24h', (question, { ask }) =>
        ask({ ...question, nowMs: question.nowMs + capWindowMs.per24h - 24 * 60 * minuteMs }),
      ),
    ],
    ['looks at the profile alone', beyondCaps, { ...asBuilt, limits: ({ profile }) => profile }],
    [
      'counts a calendar day in UTC',
      beyondCaps,
      withRule('cap_day', (question, { ask }) =>
        ask({ ...question, facts: { ...question.facts, identityZone: 'Etc/UTC' } }),
      ),
    ],
    [
      'remembers the last action in memory, and restarts',
      tooClose,
      {
        ...asBuilt,
        facts: (facts, restarted) => {
          const { last24h, last7d } = facts.usage;
          return restarted ? { ...facts, usage: { last24h, last7d } } : facts;
        },
      },
    ],
    [
      'trusts that the clock only goes forward',
      tooClose,
      {
        ...asBuilt,
        usage: (uses, kind, limits, now) =>
          usageOf(
            uses.filter((use) => use.at <= now),
            kind,
            limits,
            now,
          ),
      },
    ],
    [
      'draws shorter pauses than the profile’s',
      tooClose,
      withRule('spacing', (question, { ask }) =>
        ask({ ...question, nowMs: question.nowMs + 20 * secondMs }),
      ),
    ],
  ];

  it.each(mutants)('a mutant that %s is caught', (_, oracle, judgement) =>
    expect(breaches(busyWorlds, oracle, judgement)).toContain('toEqual'),
  );
});

describe(`Over random hours, zones, holidays and clocks (seed ${seed})`, () => {
  it('enough goes to prove something', () => {
    const worlds = fc.sample(scheduledWorlds, { seed, numRuns: 100 });
    const sent = worlds.flatMap((world) => play(world, asBuilt));
    expect(sent.length).toBeGreaterThan(600);
    expect(new Set(sent.map(({ zone }) => zone)).size).toBe(8);
  });

  it('nothing happens outside the hours of the lead or the identity, or on a holiday (I4, F036..F039)', () =>
    expect(breaches(scheduledWorlds, outsideHours, asBuilt)).toBe(''));

  const inZone = (zoneOf: (question: Question) => string, forMs = 2 * minuteMs): Judgement =>
    withRule('window', (question) => {
      const { schedule } = question.facts;
      const zone = zoneOf(question);
      if (isOpen(schedule, zone, question.now, forMs)) return { passed: true, inputs: {} };
      const opens = nextOpening(schedule, zone, question.now, forMs);
      return { passed: false, inputs: {}, ...(opens && { untilMs: toMs(opens) }) };
    });
  const leadZone = ({ action, facts }: Question) => action.zone || facts.schedule.fallbackZone;
  // Zones without daylight saving whose clocks show what these show in winter.
  const winter: Readonly<Record<string, string>> = {
    'Europe/Kyiv': 'Africa/Cairo',
    'America/New_York': 'America/Panama',
  };

  const mutants: readonly [string, Judgement][] = [
    ['asks for hours in UTC', inZone(() => 'Etc/UTC')],
    [
      'asks for hours in the zone of the identity',
      inZone(({ facts }) => facts.identityZone ?? 'Etc/UTC'),
    ],
    [
      'knows winter time alone',
      inZone((question) => winter[leadZone(question)] ?? leadZone(question)),
    ],
    ['lets a claim in the last minute of a window', inZone(leadZone, 0)],
    [
      'never asks for the identity’s own hours',
      withRule('identity_window', () => ({ passed: true, inputs: {} })),
    ],
    [
      'asks for the identity’s hours in the zone of the lead',
      withRule('identity_window', (question, { ask }) =>
        ask({ ...question, facts: { ...question.facts, identityZone: leadZone(question) } }),
      ),
    ],
    [
      'reads the date of a holiday in UTC',
      withRule('holiday', (question, { ask }) =>
        ask({
          ...question,
          action: { ...question.action, zone: 'Etc/UTC' },
          facts: { ...question.facts, identityZone: 'Etc/UTC' },
        }),
      ),
    ],
    ['knows no holidays', withRule('holiday', () => ({ passed: true, inputs: {} }))],
  ];

  it.each(mutants)('a mutant that %s is caught', (_, judgement) =>
    expect(breaches(scheduledWorlds, outsideHours, judgement)).toContain('toEqual'),
  );
});
