// A forecast of ninety days: five steps for each lead, every send decided by the rules that run live.
// npm run bench forecast      BENCH_ROUNDS=5 BENCH_LEADS=10000 BENCH_IDENTITIES=30
import {
  enrollment,
  forecast,
  seededAnswers,
  usualScenario,
  type ForecastReport,
  type KnownLead,
  type World,
} from '@overture/domain-campaign';
import { dayMs, fold, instant, plus } from '@overture/kernel';
import { defaultLimits, defaultSchedule } from '@overture/policy';
import { atMost, printTable, report } from './shared/report.js';
import { takeTurns } from './shared/rounds.js';

interface Figures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly sends: number;
}

const leads = Number(process.env['BENCH_LEADS'] ?? 10_000);
const identities = Number(process.env['BENCH_IDENTITIES'] ?? 30);
const begin = instant('2026-03-02T08:00:00Z');
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Europe/Kyiv', ''];

const sequence = {
  version: 1,
  acceptWithinDays: 21,
  steps: [
    { kind: 'visit', delayMs: 0, text: '' },
    { kind: 'connect', delayMs: dayMs, text: 'Hello' },
    { kind: 'message', delayMs: dayMs, text: 'First' },
    { kind: 'message', delayMs: 3 * dayMs, text: 'Second' },
    { kind: 'message', delayMs: 5 * dayMs, text: 'Third' },
  ],
} as const;

const everybody = { ...usualScenario, acceptShare: 1, replyShare: 0 };
const results = await takeTurns([
  { name: 'everybody accepts, nobody answers', run: () => playOnce(everybody) },
  { name: 'the usual scenario', run: () => playOnce(usualScenario) },
]);
printTable(
  [`${leads} leads × 5 steps × 90 days`, 'sends', 'seconds', 'of a processor'],
  [...results].map(([name, { sends, seconds, cpuSeconds }]) => {
    return [name, sends, seconds.toFixed(2), `${cpuSeconds.toFixed(2)} s`];
  }),
);
const worst = Math.max(...[...results.values()].map(({ seconds }) => seconds));
const goals = [atMost('seconds', Number(worst.toFixed(2)), 5)];
report('forecast', goals, { leads, identities, results: Object.fromEntries(results) });

function playOnce(scenario: typeof usualScenario): Promise<Figures> {
  const world = newWorld();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { hours } = played(forecast(world, seededAnswers(scenario), plus(begin, 90 * dayMs)));
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const sends = hours.reduce((sum, hour) => sum + hour.sends, 0);
  return Promise.resolve({ seconds, cpuSeconds: (user + system) / 1e6, sends });
}

function played(generator: Generator<unknown, ForecastReport>): ForecastReport {
  for (;;) {
    const { done, value } = generator.next();
    if (done) return value;
  }
}

function newWorld(): World {
  return {
    now: begin,
    identities: Array.from({ length: identities }, (_, index) => ({
      identityId: `identity-${index}`,
      zone: 'Europe/Berlin',
      gate: { open: true },
      limits: { profile: defaultLimits },
      uses: [],
      holds: [],
    })),
    campaigns: [
      {
        campaignId: 'campaign',
        gate: { open: true },
        schedule: defaultSchedule,
        holidays: new Map(),
      },
    ],
    leads: Array.from({ length: leads }, (_, index) => newLead(index)),
  };
}

function newLead(index: number): KnownLead {
  const ids = {
    enrollmentId: `enrollment-${index}`,
    campaignId: 'campaign',
    leadId: `lead-${index}`,
    identityId: `identity-${index % identities}`,
  };
  const data = { ...ids, sequenceVersion: 1, fingerprints: [], at: begin };
  const state = fold(enrollment, [
    { type: 'LeadEnrolled', data: { ...data, campaignType: 'connector' } },
  ]);
  const zone = zones[index % zones.length] ?? '';
  return { ...ids, state, relation: 'not_connected', planning: { sequence, zone } };
}
