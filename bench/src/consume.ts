// Events handled with progress and a read model in one transaction, against Emmett's consumer; and how long an event
// takes from its append to a handler in another service.
// npm run bench consume       BENCH_ROUNDS=5
import { emmettRate } from './consume/emmett.js';
import {
  catchUp,
  createReadModel,
  latencies,
  oneByOne,
  together,
  type AddHandlers,
  type Latencies,
} from './consume/overture.js';
import { MessagingBed, publish } from './shared/messaging-bed.js';
import { benchNats } from './shared/nats.js';
import { benchPostgres } from './shared/postgres.js';
import { atLeast, atMost, printTable, report } from './shared/report.js';
import { takeTurns, type Turn } from './shared/rounds.js';
import { quantile } from './shared/statistics.js';

const amount = 20_000;
// The slow one gets less to do; the rate is what counts.
const amountOfPeer = 4_000;
const steady = { perSecond: 1_000, seconds: 10 };

const postgres = await benchPostgres();
const nats = await benchNats();
try {
  const bed = await MessagingBed.make(postgres.url, nats.server);
  await createReadModel(bed);
  const owner = await bed.startOwner({ publish });
  const ours = (name: string, add: AddHandlers): Turn<{ perSecond: number }> => {
    const round = { amount, add, ready: postgres.checkpoint };
    return { name, run: async () => ({ perSecond: await catchUp(bed, owner, round) }) };
  };
  const results = await takeTurns([
    ours('Overture, rows written together', together),
    ours('Overture, one by one', oneByOne),
    {
      name: 'Emmett, consumer',
      run: async () => ({ perSecond: await emmettRate(postgres.url, amountOfPeer) }),
    },
  ]);
  // What was written so far is of use as WAL files to write again.
  await postgres.checkpoint();
  show(results, await latencies(bed, owner, steady));
  await owner.stop();
} finally {
  await nats.stop();
  await postgres.stop();
}

function show(
  results: ReadonlyMap<string, { perSecond: number }>,
  { handled, committed }: Latencies,
): void {
  const rows = [...results].map(([name, { perSecond }]) => [name, Math.round(perSecond)]);
  printTable(['handled with progress and read model', 'events/s'], rows);
  const [p50Ms, p99Ms] = [quantile(handled, 0.5), quantile(handled, 0.99)];
  const [committedP50Ms, committedP99Ms] = [quantile(committed, 0.5), quantile(committed, 0.99)];
  console.log(`append → handler at ${steady.perSecond}/s: p50 ${p50Ms.toFixed(1)} ms`);
  const commit = `p50 ${committedP50Ms.toFixed(1)} ms, p99 ${committedP99Ms.toFixed(1)} ms`;
  console.log(`  of it the durable commit: ${commit}\n`);
  const goals = [
    atLeast(
      'consume, events/s',
      results.get('Overture, rows written together')?.perSecond ?? 0,
      10_000,
    ),
    atMost('append → handler, p99 in ms', p99Ms, 25),
  ];
  const latency = { perSecond: steady.perSecond, p50Ms, p99Ms, committedP50Ms, committedP99Ms };
  const { version } = nats.server;
  report('consume', goals, { nats: version, results: Object.fromEntries(results), latency });
}
