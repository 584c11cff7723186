// From the store to JetStream, confirmed, with the cursor moved, against message-db and Emmett.
// npm run bench relay         BENCH_ROUNDS=5
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { eventStreamName } from '@overture/messaging';
import type { Contestant } from './relay/contestant.js';
import { consumerName, emmettConsumer, emmettPuller } from './relay/emmett.js';
import { messageDb } from './relay/message-db.js';
import { overture } from './relay/overture.js';
import { benchNats } from './shared/nats.js';
import { benchPostgres } from './shared/postgres.js';
import { atLeast, atMost, printTable, report } from './shared/report.js';
import { takeTurns, type Turn } from './shared/rounds.js';

interface Figures {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

const amount = 40_000;
// The slow one gets less to do; the rate is what counts.
const amountOfSlow = 4_000;
const amountOfWriters = 20_000;

const postgres = await benchPostgres();
const nats = await benchNats();
try {
  const ours = await overture(postgres.url, nats.server);
  const contestants = [ours];
  for (const make of [messageDb, emmettPuller, emmettConsumer]) {
    contestants.push(await make(postgres.url, nats.server));
  }
  const results = await takeTurns(contestants.map(turnOf));
  show(results, await lostUnderWriters(ours));
  for (const contestant of contestants) await contestant.close();
} finally {
  await nats.stop();
  await postgres.stop();
}

function turnOf({ name, fill, drain }: Contestant): Turn<Figures> {
  const own = name === consumerName ? amountOfSlow : amount;
  return {
    name,
    async run() {
      await fill(own);
      await postgres.checkpoint();
      const cpuBefore = postgres.cpuMicros();
      const start = performance.now();
      await drain(own);
      const perSecond = (own * 1_000) / (performance.now() - start);
      return { perSecond, cpuMicros: (postgres.cpuMicros() - cpuBefore) / own };
    },
  };
}

/** Writers append while the relay runs: whatever they commit must be in the stream in the end. */
async function lostUnderWriters({ fill, drain }: Contestant): Promise<number> {
  const before = await published();
  const writing = fill(amountOfWriters);
  await drain(amountOfWriters);
  await writing;
  await drain(amountOfWriters);
  return amountOfWriters - ((await published()) - before);
}

async function published(): Promise<number> {
  const connection = await connect({ servers: nats.server.url });
  const { streams } = await jetstreamManager(connection);
  const { state } = await streams.info(eventStreamName);
  await connection.close();
  return state.messages;
}

function show(results: ReadonlyMap<string, Figures>, lost: number): void {
  printTable(
    ['store → JetStream', 'events/s', "processor time each, ours and PostgreSQL's"],
    [...results].map(([name, { perSecond, cpuMicros }]) => {
      return [name, Math.round(perSecond), `${cpuMicros.toFixed(0)} µs`];
    }),
  );
  const rate = (name: string) => results.get(name)?.perSecond ?? 0;
  const goals = [
    atLeast('relay, events/s', rate('Overture'), 40_000),
    atLeast('× message-db', rate('Overture') / rate('message-db, category polling'), 2),
    atMost('lost under concurrent writers', lost, 0),
  ];
  const { version } = nats.server;
  report('relay', goals, { nats: version, results: Object.fromEntries(results) });
}
