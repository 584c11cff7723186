// Events handled with progress and a read model in one transaction, and how long an event takes from its append to
// a handler in another service (performance §3).
// npm run bench consume      BENCH_ROUNDS=5
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionPlannedSchema, type ActionPlanned } from '@overture/contracts';
import { EventHandlers } from '@overture/messaging';
import { benchPostgres, quantile, rounds, withClient, writeReport } from './harness.js';
import {
  benchNats,
  data,
  MessagingBed,
  publish,
  tenantId,
  type,
  untilQuiet,
} from './messaging-bed.js';
import { rate as emmettRate } from './consume-emmett.js';

const eventsPerRound = 20_000;
const eventsOfPeer = 4_000;
const eventsPerStream = 5;
const latencyRate = 1_000;
const latencySeconds = 10;

const readModel = `
  set search_path = scheduler;
  create table view (tenant_id text, stream_id text, version integer, step integer,
    primary key (tenant_id, stream_id));
  select grant_tenant_table('view');`;

const upsertMany = {
  name: 'bench-upsert-many',
  text: `insert into view select $1, * from unnest($2::text[], $3::integer[], $4::integer[])
    on conflict (tenant_id, stream_id) do update set version = excluded.version, step = excluded.step`,
};

const upsertOne = {
  name: 'bench-upsert-one',
  text: `insert into view values ($1, $2, $3, $4)
    on conflict (tenant_id, stream_id) do update set version = excluded.version, step = excluded.step`,
};

const postgres = await benchPostgres();
const { server: nats, remove } = await benchNats();
try {
  const bed = await MessagingBed.make(postgres.url, nats);
  await withClient(bed.as('scheduler', 'owner'), (client) => client.query(readModel));
  const owner = await bed.start('campaign', { publish });
  const samples = await interleave({
    'Overture, by the batch': () => consume(bed, owner, inBatches),
    'Overture, one by one': () => consume(bed, owner, oneByOne),
    'Emmett, consumer': () => emmettRate(postgres.url, eventsOfPeer),
  });
  report(samples, await latencies(bed, owner));
  await owner.stop();
} finally {
  await remove();
  await postgres.stop();
}

/** All take turns in every round; the first round warms up plans, caches and files. */
async function interleave(
  contestants: Record<string, () => Promise<number>>,
): Promise<Record<string, number[]>> {
  const samples: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const perSecond = await run();
      samples[name] = round === 0 ? [] : [...(samples[name] ?? []), perSecond];
    }
    console.log(`round ${round} of ${rounds}`);
  }
  return samples;
}

type Running = Awaited<ReturnType<MessagingBed['start']>>;
type AddTo = (handlers: EventHandlers, seen: (amount: number) => void) => void;

/** Publishes a round of events, then lets a service that was away catch up. */
async function consume(bed: MessagingBed, owner: Running, add: AddTo): Promise<number> {
  await fill(owner);
  await untilQuiet(owner);
  await withClient(postgres.url(), (client) => client.query('checkpoint'));
  const handlers = new EventHandlers();
  let seen = 0;
  add(handlers, (amount) => (seen += amount));
  const startedAt = performance.now();
  const follower = await bed.start('scheduler', { handlers });
  while (seen < eventsPerRound) await sleep(2);
  await untilQuiet(follower);
  const perSecond = (eventsPerRound * 1_000) / (performance.now() - startedAt);
  await follower.stop();
  return perSecond;
}

async function fill({ store }: Running): Promise<void> {
  const events = Array.from({ length: eventsPerStream }, () => ({ type, data }));
  const append = () =>
    store.append({ tenantId, streamId: `enrollment-${randomUUID()}`, expectedVersion: 0, events });
  await Promise.all(Array.from({ length: eventsPerRound / eventsPerStream }, append));
}

function inBatches(handlers: EventHandlers, seen: (amount: number) => void): void {
  handlers.addBatch([ActionPlannedSchema], async (events, { tx }) => {
    const last = [...new Map(events.map((each) => [each.streamId, each])).values()];
    await tx.query(upsertMany, [
      tenantId,
      last.map(({ streamId }) => streamId),
      last.map(({ version }) => version),
      last.map(({ event }) => (event as ActionPlanned).step),
    ]);
    seen(events.length);
  });
}

function oneByOne(handlers: EventHandlers, seen: (amount: number) => void): void {
  handlers.add(ActionPlannedSchema, async (event, { tx, streamId, version }) => {
    await tx.query(upsertOne, [tenantId, streamId, version, (event as ActionPlanned).step]);
    seen(1);
  });
}

/** Milliseconds from the call of `append` to the handler, at a steady rate. */
async function latencies(bed: MessagingBed, owner: Running): Promise<number[]> {
  const found: number[] = [];
  const begun = new Map<string, number>();
  const handlers = new EventHandlers();
  handlers.add(ActionPlannedSchema, async (_event, { streamId }) => {
    const startedAt = begun.get(streamId);
    if (startedAt !== undefined) found.push(performance.now() - startedAt);
  });
  const follower = await bed.start('scheduler', { handlers });
  await untilQuiet(follower);
  const events = [{ type, data }];
  const startedAt = performance.now();
  for (let sent = 0; sent < latencyRate * latencySeconds;) {
    const due = ((performance.now() - startedAt) / 1_000) * latencyRate;
    for (; sent < due; sent++) {
      const streamId = `enrollment-${randomUUID()}`;
      begun.set(streamId, performance.now());
      void owner.store.append({ tenantId, streamId, expectedVersion: 0, events });
    }
    await sleep(1);
  }
  while (found.length < begun.size) await sleep(10);
  await follower.stop();
  // The first second warms up.
  return found.slice(latencyRate);
}

function report(samples: Record<string, number[]>, waited: readonly number[]): void {
  const results = Object.fromEntries(
    Object.entries(samples).map(([name, all]) => [name, Math.round(quantile(all, 0.5))]),
  );
  console.log('\n| handled with progress and read model | events/s |\n|---|---|');
  for (const [name, perSecond] of Object.entries(results))
    console.log(`| ${name} | ${perSecond} |`);
  const [p50, p99] = [quantile(waited, 0.5), quantile(waited, 0.99)];
  console.log(
    `\nappend → handler at ${latencyRate}/s: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
  );
  const batched = results['Overture, by the batch'] ?? 0;
  const goals = [
    { goal: 'consume ≥ 10 000/s', found: String(batched), met: batched >= 10_000 },
    { goal: 'append → handler p99 ≤ 25 ms', found: `${p99.toFixed(1)} ms`, met: p99 <= 25 },
  ];
  for (const { goal, found, met } of goals)
    console.log(`${met ? 'met   ' : 'MISSED'} ${goal}: ${found}`);
  const latency = { perSecond: latencyRate, p50Ms: p50, p99Ms: p99 };
  writeReport('consume', { nats: nats.version, results, latency, goals });
}
