// From the store to JetStream, confirmed, with the cursor moved, against message-db and Emmett (performance §3).
// npm run bench relay        BENCH_ROUNDS=5
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { eventStreamName } from '@overture/messaging';
import { benchPostgres, quantile, rounds, withClient, writeReport } from './harness.js';
import { benchNats } from './messaging-bed.js';
import {
  emmettConsumer,
  emmettPuller,
  messageDb,
  overture,
  type Contestant,
} from './relay-contestants.js';

const eventsPerTurn = 40_000;
// The slow ones get less to do; the rate is what counts.
const eventsPerTurnOfEmmett = 4_000;

const postgres = await benchPostgres();
const { server: nats, remove } = await benchNats();
try {
  const contestants: Contestant[] = [];
  for (const make of [overture, messageDb, emmettPuller, emmettConsumer]) {
    contestants.push(await make(postgres.url, nats));
  }
  const samples = new Map<string, { perSecond: number; cpuMicros: number }[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const contestant of contestants) {
      const sample = await turn(contestant);
      // The first round warms up plans, caches and files.
      samples.set(
        contestant.name,
        round === 0 ? [] : [...(samples.get(contestant.name) ?? []), sample],
      );
    }
    console.log(`round ${round} of ${rounds}`);
  }
  const lost = await lostUnderWriters(contestants[0] as Contestant);
  report(samples, lost);
  for (const contestant of contestants) await contestant.close();
} finally {
  await remove();
  await postgres.stop();
}

async function turn(contestant: Contestant) {
  const amount = contestant.name === 'Emmett, consumer' ? eventsPerTurnOfEmmett : eventsPerTurn;
  await contestant.fill(amount);
  await withClient(postgres.url(), (client) => client.query('checkpoint'));
  const cpuBefore = postgres.cpuMicros();
  const startedAt = performance.now();
  await contestant.drain(amount);
  const perSecond = (amount * 1_000) / (performance.now() - startedAt);
  return { perSecond, cpuMicros: (postgres.cpuMicros() - cpuBefore) / amount };
}

/** Writers append while the relay runs: whatever they commit must be in the stream in the end. */
async function lostUnderWriters(contestant: Contestant): Promise<number> {
  const storedBefore = await stored();
  const amount = 20_000;
  const writing = contestant.fill(amount);
  await contestant.drain(amount);
  await writing;
  await contestant.drain(amount);
  return amount - ((await stored()) - storedBefore);
}

async function stored(): Promise<number> {
  const connection = await connect({ servers: nats.url });
  const { streams } = await jetstreamManager(connection);
  const { state } = await streams.info(eventStreamName);
  await connection.close();
  return state.messages;
}

function report(
  samples: Map<string, { perSecond: number; cpuMicros: number }[]>,
  lost: number,
): void {
  const results = Object.fromEntries(
    [...samples].map(([name, all]) => [
      name,
      {
        perSecond: Math.round(
          quantile(
            all.map((each) => each.perSecond),
            0.5,
          ),
        ),
        cpuMicros: quantile(
          all.map((each) => each.cpuMicros),
          0.5,
        ),
      },
    ]),
  );
  console.log('\n| store → JetStream | events/s | processor time each, ours and PostgreSQL’s |');
  console.log('|---|---|---|');
  for (const [name, { perSecond, cpuMicros }] of Object.entries(results)) {
    console.log(`| ${name} | ${perSecond} | ${cpuMicros.toFixed(0)} µs |`);
  }
  const rate = (name: string) => results[name]?.perSecond ?? 0;
  const ratio = rate('Overture') / rate('message-db, category polling');
  const goals = [
    { goal: 'relay ≥ 40 000/s', found: String(rate('Overture')), met: rate('Overture') >= 40_000 },
    { goal: '≥ 2 × message-db', found: ratio.toFixed(2), met: ratio >= 2 },
    { goal: 'nothing lost under concurrent writers', found: `${lost} lost`, met: lost === 0 },
  ];
  for (const { goal, found, met } of goals)
    console.log(`${met ? 'met   ' : 'MISSED'} ${goal}: ${found}`);
  writeReport('relay', { nats: nats.version, results, goals });
}
