// Plan, claim under the whole verdict, cancel, pause; against graphile-worker, pg-boss and, where there is a
// redis-server, BullMQ. Then what must not grow with what waits.
// npm run bench dispatch      BENCH_ROUNDS=5 BENCH_ACTIONS=100000 BENCH_WAITING=1000000
import { bullMq, findRedis } from './dispatch/bullmq.js';
import {
  actionsTotal,
  cancelCallers,
  identitiesTotal,
  leadsToCancel,
  makeWorks,
  type Dispatcher,
} from './dispatch/dispatcher.js';
import { graphileWorker } from './dispatch/graphile-worker.js';
import { OvertureDispatcher } from './dispatch/overture.js';
import { pgBoss } from './dispatch/pg-boss.js';
import { measureScale, type ScaleFigures } from './dispatch/scale.js';
import { inParallel } from './shared/callers.js';
import { benchPostgres, type Url } from './shared/postgres.js';
import { atLeast, atMost, report } from './shared/report.js';
import { rounds, takeTurns, type Turn } from './shared/rounds.js';
import { quantile } from './shared/statistics.js';

/** What one contestant did in one round. */
interface Figures {
  readonly plan: number;
  readonly claim: number;
  readonly claimAndComplete: number;
  readonly cancel: number;
  readonly cancelP99Ms: number;
  readonly pauseMs: number;
  /** Processor time per action, ours and the database's. */
  readonly planCpuMicros: number;
  readonly claimCpuMicros: number;
}

type Maker = (url: Url, database: string) => Promise<Dispatcher>;

const names = {
  overture: 'Overture, whole verdict',
  pgBoss: 'pg-boss, fetch + complete',
  graphileWorker: 'graphile-worker, 24 jobs at a time',
  bullMq: 'BullMQ, empty dispatch',
};

const postgres = await benchPostgres();
try {
  const redis = findRedis();
  if (redis === undefined) console.log('BullMQ is left out: no redis-server on the PATH.');
  const results = await takeTurns([
    turnOf(names.overture, (url, database) => OvertureDispatcher.make(url, database)),
    turnOf(names.pgBoss, pgBoss),
    turnOf(names.graphileWorker, graphileWorker),
    ...(redis === undefined ? [] : [turnOf(names.bullMq, () => bullMq(redis))]),
  ]);
  print(results);
  const scale = await measureScale(postgres.url);
  const shape = { actions: actionsTotal, identities: identitiesTotal, rounds };
  const figures = { ...shape, results: Object.fromEntries(results), scale };
  report('dispatch', goalsOf(results, scale), figures);
} finally {
  await postgres.stop();
}

/** Each turn begins with an empty database. */
function turnOf(name: string, make: Maker): Turn<Figures> {
  const prefix = name.slice(0, name.indexOf(',')).toLowerCase().replace('-', '_');
  return {
    name,
    async run(round) {
      const dispatcher = await make(postgres.url, `${prefix}_${round}`);
      const figures = await measure(dispatcher);
      await dispatcher.close();
      return figures;
    },
  };
}

async function measure(dispatcher: Dispatcher): Promise<Figures> {
  const works = makeWorks();
  const planned = await timed(() => dispatcher.plan(works));
  const latencies: number[] = [];
  const every = Math.max(1, Math.floor(works.length / leadsToCancel));
  const toCancel = works.filter((_, index) => index % every === 0).slice(0, leadsToCancel);
  const cancelled = await timed(() =>
    inParallel(toCancel, cancelCallers, async (work) => {
      const before = performance.now();
      await dispatcher.cancel(work);
      latencies.push(performance.now() - before);
    }),
  );
  const paused = await timed(() => dispatcher.pause('identity-0'));
  const drained = await timed(() => dispatcher.drain());
  const { taken, takingMs } = drained.result;
  return {
    plan: perSecond(works.length, planned.ms),
    claim: perSecond(taken, takingMs),
    claimAndComplete: perSecond(taken, drained.ms),
    cancel: perSecond(toCancel.length, cancelled.ms),
    cancelP99Ms: quantile(latencies, 0.99),
    pauseMs: paused.ms,
    planCpuMicros: planned.cpuMicros / works.length,
    claimCpuMicros: drained.cpuMicros / taken,
  };
}

async function timed<T>(work: () => Promise<T>) {
  const cpu = postgres.cpuMicros();
  const start = performance.now();
  const result = await work();
  return { result, ms: performance.now() - start, cpuMicros: postgres.cpuMicros() - cpu };
}

function perSecond(units: number, ms: number): number {
  return Math.round((units / ms) * 1_000);
}

function print(results: ReadonlyMap<string, Figures>): void {
  const rows = [...results].map(([name, figures]) => {
    const { cancelP99Ms, pauseMs } = figures;
    return [name, { ...figures, cancelP99Ms: cancelP99Ms.toFixed(1), pauseMs: pauseMs.toFixed(1) }];
  });
  console.table(Object.fromEntries(rows));
}

function goalsOf(results: ReadonlyMap<string, Figures>, scale: ScaleFigures) {
  const of = (name: string, figure: 'plan' | 'claim' | 'cancel') =>
    results.get(name)?.[figure] ?? Number.NaN;
  const ours = (figure: 'plan' | 'claim' | 'cancel') => of(names.overture, figure);
  const bestPlan = Math.max(
    ...[...results].map(([name, { plan }]) => (name === names.overture ? 0 : plan)),
  );
  const againstBullMq = [
    atLeast("claim, × BullMQ's empty dispatch", ours('claim') / of(names.bullMq, 'claim'), 1.5),
    atLeast('cancel, × BullMQ', ours('cancel') / of(names.bullMq, 'cancel'), 1.5),
  ];
  const waiting = `with ${scale.waiting} waiting`;
  return [
    atLeast('claims/s under the whole verdict', ours('claim'), 20_000),
    atLeast('plan, × the best peer', ours('plan') / bestPlan, 1.5),
    ...(results.has(names.bullMq) ? againstBullMq : []),
    atMost(`pause an identity ${waiting}, in ms`, scale.pauseIdentityMs, 5),
    atMost(`pause a campaign ${waiting}, in ms`, scale.pauseCampaignMs, 5),
    atMost(`a tick ${waiting} and nothing due, in ms`, scale.idleTickMs, 5),
    atLeast(`claim ${waiting}, × with few`, scale.flatness, 0.8),
  ];
}
