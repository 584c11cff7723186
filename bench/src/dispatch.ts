// Plan, claim under the whole verdict, cancel, pause; against graphile-worker, pg-boss and, where there is a
// redis-server, BullMQ (performance §2).    npm run bench dispatch        BENCH_ROUNDS=3 BENCH_ACTIONS=100000
import {
  actionsTotal,
  cancelCallers,
  identitiesTotal,
  inChunks,
  leadsToCancel,
  makeWorks,
  type Dispatcher,
  type Url,
} from './dispatch-contestant.js';
import { bullMq, findRedis } from './dispatch-bullmq.js';
import { OvertureDispatcher } from './dispatch-overture.js';
import { graphileWorker, pgBoss } from './dispatch-peers.js';
import { measureScale, type ScaleFigures } from './dispatch-scale.js';
import { benchPostgres, quantile, rounds, writeReport } from './harness.js';

/** What one contestant did in one round. */
interface Turn {
  readonly plan: number;
  readonly claim: number;
  readonly claimAndComplete: number;
  readonly cancel: number;
  readonly cancelP99Ms: number;
  readonly pauseMs: number;
  /** Processor time per action, ours and the database's; tells more than speed where others use the machine. */
  readonly planCpuMicros: number;
  readonly claimCpuMicros: number;
}

type Maker = (url: Url, name: string) => Promise<Dispatcher>;

const server = await benchPostgres();
try {
  const redis = findRedis();
  const makers: Maker[] = [
    (url, name) => OvertureDispatcher.make(url, name),
    pgBoss,
    graphileWorker,
    ...(redis === undefined ? [] : [() => bullMq(redis)]),
  ];
  const results = await interleave(makers);
  print(results);
  if (redis === undefined) console.log('BullMQ: left out, no redis-server on the PATH.');
  const scale = await measureScale(server.url);
  const goals = goalsOf(results, scale);
  console.log(
    goals.map(({ goal, found, met }) => `${verdictOf(met)} ${goal}: ${found}`).join('\n'),
  );
  const shape = { actions: actionsTotal, identities: identitiesTotal, rounds };
  writeReport('dispatch', { ...shape, results: Object.fromEntries(results), scale, goals });
} finally {
  await server.stop();
}

/** Everybody takes a turn in each round, each on an empty database. */
async function interleave(makers: readonly Maker[]): Promise<Map<string, Turn>> {
  const samples = new Map<string, Turn[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const [index, make] of makers.entries()) {
      const dispatcher = await make(server.url, `dispatch_${index}_${round}`);
      const turn = await takeTurn(dispatcher);
      await dispatcher.close();
      // The first round warms up files and the compiler.
      const known = samples.get(dispatcher.name) ?? [];
      samples.set(dispatcher.name, round === 0 ? [] : [...known, turn]);
    }
    console.log(`round ${round} of ${rounds}`);
  }
  return new Map([...samples].map(([name, turns]) => [name, medianTurn(turns)]));
}

async function takeTurn(dispatcher: Dispatcher): Promise<Turn> {
  const works = makeWorks();
  const planned = await timed(() => dispatcher.plan(works));
  const latencies: number[] = [];
  const leads = works.filter((_, index) => index % (works.length / leadsToCancel) < 1);
  const cancelled = await timed(() =>
    inChunks(leads, { size: 1, callers: cancelCallers }, async ([lead]) => {
      const before = performance.now();
      if (lead) await dispatcher.cancel(lead);
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
    cancel: perSecond(leads.length, cancelled.ms),
    cancelP99Ms: quantile(latencies, 0.99),
    pauseMs: paused.ms,
    planCpuMicros: planned.cpuMicros / works.length,
    claimCpuMicros: drained.cpuMicros / taken,
  };
}

async function timed<T>(work: () => Promise<T>) {
  const cpu = server.cpuMicros();
  const start = performance.now();
  const result = await work();
  return { result, ms: performance.now() - start, cpuMicros: server.cpuMicros() - cpu };
}

function perSecond(units: number, ms: number): number {
  return Math.round((units / ms) * 1_000);
}

function medianTurn(turns: readonly Turn[]): Turn {
  const keys = Object.keys(turns[0] ?? {}) as (keyof Turn)[];
  const medians = keys.map((key) => [
    key,
    quantile(
      turns.map((turn) => turn[key]),
      0.5,
    ),
  ]);
  return Object.fromEntries(medians) as Turn;
}

function print(results: ReadonlyMap<string, Turn>): void {
  const rows = [...results].map(([name, turn]) => [
    name,
    { ...turn, cancelP99Ms: turn.cancelP99Ms.toFixed(1), pauseMs: turn.pauseMs.toFixed(1) },
  ]);
  console.table(Object.fromEntries(rows));
}

function goalsOf(results: ReadonlyMap<string, Turn>, scale: ScaleFigures) {
  const [ours, ...others] = [...results.values()];
  if (ours === undefined) return [];
  const bull = [...results].find(([name]) => name.startsWith('BullMQ'))?.[1];
  const bestPlan = Math.max(...others.map(({ plan }) => plan));
  const ratio = (a: number, b: number) => Number((a / b).toFixed(2));
  const against = (goal: string, found: number, least: number) => ({
    goal: `${goal} ≥ ${least}`,
    found,
    met: found >= least,
  });
  const within = (goal: string, found: number, mostMs: number) => ({
    goal: `${goal} ≤ ${mostMs} ms`,
    found: Number(found.toFixed(2)),
    met: found <= mostMs,
  });
  return [
    against('claims per second under the whole verdict', ours.claim, 20_000),
    against('plan, times the best peer', ratio(ours.plan, bestPlan), 1.5),
    ...(bull
      ? [
          against("claim, times BullMQ's empty dispatch", ratio(ours.claim, bull.claim), 1.5),
          against('cancel, times BullMQ', ratio(ours.cancel, bull.cancel), 1.5),
        ]
      : []),
    within('pause an identity with 1 000 000 waiting', scale.pauseIdentityMs, 5),
    within('pause a campaign with 1 000 000 waiting', scale.pauseCampaignMs, 5),
    within('a tick with 1 000 000 waiting and nothing due', scale.idleTickMs, 5),
    against('claim at 1 000 000 waiting, times at 10 000', scale.flatness, 0.8),
  ];
}

function verdictOf(met: boolean): string {
  return met ? 'met   ' : 'MISSED';
}
