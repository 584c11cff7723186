// The verdict alone: may this action go now, asked by every rule there is, on one core.
// npm run bench verdict       BENCH_ROUNDS=5 BENCH_VERDICTS=200000
import { dayMs, hourMs, instant, minuteMs, plus, type Instant } from '@overture/kernel';
import {
  defaultLimits,
  defaultSchedule,
  effectiveLimits,
  limitProfile,
  verdict,
  type ActionToGo,
  type Facts,
  type RegionDays,
  type Schedule,
} from '@overture/policy';
import { atLeast, printTable, report } from './shared/report.js';
import { takeTurns } from './shared/rounds.js';

interface Figures {
  readonly perCpuSecond: number;
  readonly goShare: number;
}

interface Case {
  readonly action: ActionToGo;
  readonly facts: Facts;
  readonly now: Instant;
}

const amount = Number(process.env['BENCH_VERDICTS'] ?? 200_000);
const casesMax = 5_000;
const begin = instant('2026-03-02T08:00:00Z');
const zones = [
  'Europe/Lisbon',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Chatham',
  'America/St_Johns',
  'Europe/Kyiv',
  '',
];
const always: Schedule = {
  ...defaultSchedule,
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
};
const portugal: RegionDays = { region: 'PT', days: ['2026-01-01', '2026-04-03', '2026-12-25'] };
const germany: RegionDays = { region: 'DE', days: ['2026-01-01', '2026-04-06', '2026-12-26'] };

/** Every fact there can be, and none that says no. */
const everyFact: Partial<Facts> = {
  identityZone: 'Europe/Lisbon',
  holidays: { lead: portugal, identity: germany },
  pendingInvitations: 12,
  notes: { used: 1 },
  inmail: { credits: 2 },
  company: { cap: { people: 3, days: 7 }, people: { used: 1 } },
  hold: { until: plus(begin, -dayMs), cause: 'STATUS_429' },
  limits: effectiveLimits(
    {
      profile: limitProfile('sales_navigator') ?? defaultLimits,
      tier: 'classic',
      ramp: { startedAt: plus(begin, -3 * dayMs) },
      campaign: { message: { per24h: 40, perDay: 40 }, connect: { perDay: 20 } },
    },
    begin,
  ),
};

const results = await takeTurns([
  turnOf('office hours of seven zones', { schedule: defaultSchedule }),
  turnOf('the same, every fact', {
    ...everyFact,
    schedule: defaultSchedule,
    identityHours: { ...defaultSchedule },
  }),
  turnOf('always open, every fact: all rules asked', {
    ...everyFact,
    schedule: always,
    identityHours: { ...always },
  }),
]);
printTable(
  [`${amount} verdicts`, 'per processor second', 'µs each', 'of them go'],
  [...results].map(([name, { perCpuSecond, goShare }]) => {
    const micros = (1e6 / perCpuSecond).toFixed(1);
    return [name, Math.round(perCpuSecond), micros, `${Math.round(goShare * 100)} %`];
  }),
);
const slowest = Math.min(...[...results.values()].map(({ perCpuSecond }) => perCpuSecond));
const goals = [atLeast('verdicts per processor second', slowest, 150_000)];
report('verdict', goals, { amount, results: Object.fromEntries(results) });

function turnOf(name: string, given: Partial<Facts>) {
  const cases = Array.from({ length: casesMax }, (_, index) => caseOf(index, given));
  return { name, run: () => Promise.resolve(askAll(cases)) };
}

function askAll(cases: readonly Case[]): Figures {
  const cpu = process.cpuUsage();
  let went = 0;
  for (let asked = 0; asked < amount; asked++) {
    const { action, facts, now } = cases[asked % casesMax] as Case;
    if (verdict(action, facts, now).go) went++;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { perCpuSecond: (amount / (user + system)) * 1e6, goShare: went / amount };
}

/** Minutes of a week, an identity that acted ten minutes ago, actions that are due. */
function caseOf(index: number, given: Partial<Facts>): Case {
  const now = plus(begin, (index % 7) * dayMs + ((index * 37) % (24 * 60)) * minuteMs);
  const lastAt = plus(now, -10 * minuteMs);
  return {
    now,
    action: {
      kind: index % 3 === 0 ? 'connect' : 'message',
      notBefore: plus(now, -minuteMs),
      zone: zones[index % zones.length] ?? '',
      firstTouch: index % 2 === 0,
      hasNote: index % 3 === 0,
    },
    facts: {
      gates: { workspace: { open: true }, campaign: { open: true }, identity: { open: true } },
      schedule: defaultSchedule,
      identityId: `identity-${index % 50}`,
      limits: defaultLimits,
      usage: {
        lastAt,
        lastOfKindAt: lastAt,
        lastFirstTouchAt: plus(now, -hourMs),
        last24h: { used: 3 },
        last7d: { used: 12 },
      },
      ...given,
    },
  };
}
