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
  readonly forMs: number;
}

/** The ids of events that a writer was told are committed. */
export type Acknowledged = Set<string>;

const codec = new Codec();
const pauseMaxMs = 8;
const overtakeMs = 300;

/**
 * A process that appends in transactions with a random pause between writing and ending, rolls back every fifth,
 * and is killed now and then; each time a new one takes its place.
 */
export async function processWriter(writing: Writing, acknowledged: Acknowledged): Promise<void> {
  const end = performance.now() + writing.forMs;
  let life = 0;
  while (performance.now() < end) {
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
  const end = performance.now() + writing.forMs;
  let streamId = newStream();
  let expectedVersion = 0;
  for (let step = 0; child.connected && performance.now() < end; step++) {
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
  const end = performance.now() + writing.forMs;
  const streams = Array.from({ length: 8 }, newStream);
  const caller = async (index: number) => {
    for (let step = 0; performance.now() < end; step++) {
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
 * A writer that pauses between writing and committing until a follower has seen somebody else's later append, if
 * that could commit at all meanwhile.
 */
export async function pausingWriter(writing: Writing, acknowledged: Acknowledged, seen: Seen) {
  const [slow, fast] = await Promise.all([writerClient(writing), writerClient(writing)]);
  const [first, second] = [newAppend(writing), newAppend(writing)];
  await slow.query('begin');
  await slow.query(appendStatement([first]));
  const overtaking = fast.query(appendStatement([second])).then(() => true);
  const overtook = await Promise.race([overtaking, sleep(overtakeMs, false)]);
  while (overtook && !seen(second.events[0]?.id as string)) await sleep(1);
  await slow.query('commit');
  await overtaking;
  for (const { id } of [...first.events, ...second.events]) acknowledged.add(id);
  await Promise.all([slow.end(), fast.end()]);
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
export async function connectionKiller({ database, seed, forMs }: Writing, admin: Query) {
  const end = performance.now() + forMs;
  for (let step = 0; performance.now() < end; step++) {
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
