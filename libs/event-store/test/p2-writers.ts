import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededBetween, seededFraction } from '@overture/kernel';
import { Client } from 'pg';
import { appendStatement, type EncodedAppend } from '../src/append-statement.js';
import { Codec } from '../src/codec.js';
import { PostgresEventStore, transact, type Database } from '../src/index.js';
import { at, counted, counter, newStream } from './fixtures.js';

export interface Writing {
  readonly database: Database;
  readonly url: string;
  readonly tenantId: string;
  readonly seed: string;
  /** Whether enough was written. */
  readonly over: () => boolean;
}

/** The ids of events that a writer was told are committed. */
export type Acknowledged = Set<string>;

const codec = new Codec();
const pauseMaxMs = 8;

/**
 * A process that appends in transactions with a random pause between writing and ending, rolls back every fifth,
 * and is killed now and then; each time a new one takes its place.
 */
export async function processWriter(writing: Writing, acknowledged: Acknowledged): Promise<void> {
  let life = 0;
  while (!writing.over()) {
    const child = startWriter(writing);
    await firstMessage(child);
    const killAfterMs = seededBetween(`${writing.seed} life ${life++}`, 300, 1_500);
    const killer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await writeWith(child, { ...writing, seed: `${writing.seed} ${life}` }, acknowledged);
    clearTimeout(killer);
    child.kill('SIGKILL');
  }
}

function startWriter({ url, database }: Writing): ChildProcess {
  const options = `-c search_path=${database.schema} -c role=${database.workerRole}`;
  return fork(join(__dirname, 'writer-process.mjs'), {
    env: { ...process.env, WRITER_URL: url, WRITER_OPTIONS: options },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function writeWith(child: ChildProcess, writing: Writing, acknowledged: Acknowledged) {
  let streamId = newStream();
  let expectedVersion = 0;
  for (let step = 0; child.connected && !writing.over(); step++) {
    const chance = `${writing.seed} ${step}`;
    const { tenantId } = writing;
    const request = { tenantId, streamId, expectedVersion };
    const count = seededBetween(`${chance} events`, 1, 4);
    const events = codec.encode({ ...request, events: counted(count) }, at);
    const rollBack = seededFraction(`${chance} end`) < 0.2;
    const message = {
      statement: appendStatement([{ ...request, recordedAt: at, events }]),
      pauseMs: seededBetween(`${chance} pause`, 0, pauseMaxMs),
      end: rollBack ? 'rollback' : 'commit',
    };
    child.send(message, () => undefined);
    const outcome = await firstMessage(child);
    if (outcome === 'appended') {
      for (const { id } of events) acknowledged.add(id);
      expectedVersion += count;
    } else if (outcome !== 'undone') {
      return;
    }
    if (expectedVersion > 20) [streamId, expectedVersion] = [newStream(), 0];
  }
}

/** What the process says next, or `gone`. */
async function firstMessage(child: ChildProcess): Promise<unknown> {
  const gone = new AbortController();
  const said = once(child, 'message', { signal: gone.signal }).then(([message]) => message);
  const left = once(child, 'exit', { signal: gone.signal }).then(() => 'gone');
  try {
    return await Promise.race([said, left]);
  } finally {
    gone.abort();
    await Promise.allSettled([said, left]);
  }
}

/** Callers of one store that decide on a few shared streams, and so meet each other all the time. */
export async function groupWriters(writing: Writing, acknowledged: Acknowledged): Promise<void> {
  const store = new PostgresEventStore(writing.database);
  const streams = Array.from({ length: 8 }, newStream);
  const caller = async (index: number) => {
    for (let step = 0; !writing.over(); step++) {
      const chance = `${writing.seed} caller ${index} ${step}`;
      const streamId = streams[seededBetween(chance, 0, 7)] as string;
      const count = seededBetween(`${chance} events`, 1, 3);
      const subject = { tenantId: writing.tenantId, streamId };
      const events = await transact(store, counter, subject, count).catch(() => []);
      for (const { id } of events) acknowledged.add(id);
      await sleep(seededBetween(`${chance} pause`, 0, 4));
    }
  };
  await Promise.all(Array.from({ length: 12 }, (_, index) => caller(index)));
}

/**
 * A writer that pauses between writing and committing: until a follower has seen somebody else's later append, or
 * until that one waits for us, directly or behind others.
 */
export async function pausingWriter(
  writing: Writing,
  acknowledged: Acknowledged,
  { seen, admin }: { seen: Seen; admin: Query },
) {
  const [slow, fast] = await Promise.all([writerClient(writing), writerClient(writing)]);
  const [first, second] = [newAppend(writing), newAppend(writing)];
  const pids = await Promise.all([pidOf(slow), pidOf(fast)]);
  await slow.query('begin');
  await slow.query(appendStatement([first]));
  let overtook = false;
  const overtaking = fast.query(appendStatement([second])).then(() => (overtook = true));
  while (!overtook && !(await waitsFor(admin, pids))) await sleep(5);
  while (overtook && !seen(second.events[0]?.id as string)) await sleep(1);
  await slow.query('commit');
  await overtaking;
  for (const { id } of [...first.events, ...second.events]) acknowledged.add(id);
  await Promise.all([slow.end(), fast.end()]);
}

async function pidOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/** Whether the second process waits for a lock that the first holds, directly or behind others. */
async function waitsFor(admin: Query, holderAndWaiting: number[]): Promise<boolean> {
  const chain = `with recursive ahead (pid) as (
      select unnest(pg_blocking_pids($2)) union
      select unnest(pg_blocking_pids(pid)) from ahead
    ) select from ahead where pid = $1`;
  return (await admin(chain, holderAndWaiting)).rows.length > 0;
}

/** Whether the follower has come past an event. */
export type Seen = (eventId: string) => boolean;

async function writerClient({ url, database }: Writing): Promise<Client> {
  const options = `-c search_path=${database.schema} -c role=${database.workerRole}`;
  const client = new Client({ connectionString: url, options, application_name: 'p2-pausing' });
  await client.connect();
  return client;
}

function newAppend({ tenantId }: Writing): EncodedAppend {
  const request = { tenantId, streamId: newStream(), expectedVersion: 0, events: counted(1) };
  return { ...request, recordedAt: at, events: codec.encode(request, at) };
}

/** Breaks connections of the store and of the writers at random, as a failing network or an operator would. */
export async function connectionKiller({ database, seed, over }: Writing, admin: Query) {
  for (let step = 0; !over(); step++) {
    await sleep(seededBetween(`${seed} kill ${step}`, 50, 250));
    await admin(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = $1 and application_name <> 'p2-pausing'
       order by random() limit 1`,
      [`${database.schema}_app`],
    );
  }
}

export type Query = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
