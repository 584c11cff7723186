import { randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { fromMs } from '@overture/kernel';
import {
  createDatabase,
  Database,
  migrate,
  migrationSets,
  PostgresEventStore,
  provisionSchema,
} from '@overture/event-store';
import { CopyRows } from './copy-rows.js';
import { withClient } from './harness.js';
import { installMessageDb } from './message-db.js';

/** One way of appending: `newCaller` gives a caller with streams of its own that appends `batch` events a call. */
export interface Contestant {
  readonly name: string;
  newCaller(batch: number): () => Promise<void>;
  close(): Promise<void>;
}

type Url = (database?: string) => string;

const tenantId = 'b7c1a2d0-5f0e-4c7a-9d5b-3c2f7b9a1e10';
const callsPerStream = 20;
const peerConnectionsMax = 32;
const data = {
  leadId: 'lead-0123456789',
  kind: 'connect',
  step: 3,
  earliest: '2026-03-04T09:15:00.000Z',
  window: 'weekdays-9-17',
  note: 'Glad to have met you at the conference; shall we stay in touch?',
};
const type = 'ActionPlanned';

/** Counts the calls of one caller: a fresh stream every so many calls, and the version it stands at. */
function streamWalk(batch: number) {
  let calls = 0;
  let streamId = '';
  return () => {
    const step = calls++ % callsPerStream;
    if (step === 0) streamId = `enrollment-${randomUUID()}`;
    return { streamId, version: step * batch };
  };
}

function peerPool(connectionString: string, options = ''): pg.Pool {
  // A connection that came and went would take the processor time it used out of the figures.
  const idleTimeoutMillis = 0;
  const pool = new pg.Pool({
    connectionString,
    options,
    idleTimeoutMillis,
    max: peerConnectionsMax,
  });
  // The last ones may still be closing when the server stops.
  pool.on('error', () => undefined);
  return pool;
}

async function overtureDatabase(url: Url, name: string, max: number): Promise<Database> {
  const schema = 'campaign';
  const passwords = { owner: 'bench', app: 'bench' };
  await withClient(url(), (admin) => createDatabase(admin, name));
  await withClient(url(name), (admin) => provisionSchema(admin, schema, passwords));
  const as = (user: string) =>
    Object.assign(new URL(url(name)), { username: `${schema}_${user}`, password: 'bench' }).href;
  await migrate({ url: as('owner'), schema, sets: migrationSets(['event-store']) });
  const clock = { now: () => fromMs(Date.now()) };
  return new Database({ url: as('app'), schema, applicationName: 'bench', max, clock });
}

/** The store as services use it: concurrent callers share statements. */
export async function overture(url: Url): Promise<Contestant> {
  const database = await overtureDatabase(url, 'overture_group', 1);
  const store = new PostgresEventStore(database);
  return {
    name: 'Overture, group append',
    newCaller(batch) {
      const next = streamWalk(batch);
      const events = Array.from({ length: batch }, () => ({ type, data }));
      return async () => {
        const { streamId, version: expectedVersion } = next();
        const { outcome } = await store.append({ tenantId, streamId, events, expectedVersion });
        if (outcome !== 'appended') throw new Error(outcome);
      };
    },
    close: () => database.close(),
  };
}

/** The same SQL function, in a transaction of each caller. */
export async function overtureTransactions(url: Url): Promise<Contestant> {
  const database = await overtureDatabase(url, 'overture_single', peerConnectionsMax);
  return {
    name: 'Overture, a transaction each',
    newCaller(batch) {
      const next = streamWalk(batch);
      const events = Array.from({ length: batch }, () => ({ type, data }));
      return async () => {
        const { streamId, version } = next();
        await database.tenant(tenantId, (tx) => tx.append(tenantId, streamId, events, version));
      };
    },
    close: () => database.close(),
  };
}

export async function emmett(url: Url): Promise<Contestant> {
  await withClient(url(), (admin) => createDatabase(admin, 'emmett'));
  const pool = peerPool(url('emmett'));
  const store = getPostgreSQLEventStore(url('emmett'), {
    connectionOptions: { pooled: true, pool },
  });
  await store.schema.migrate();
  return {
    name: 'Emmett',
    newCaller(batch) {
      const next = streamWalk(batch);
      const events = Array.from({ length: batch }, () => ({ type, data }));
      return async () => {
        const { streamId, version } = next();
        const expectedStreamVersion = version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version);
        await store.appendToStream(streamId, events, { expectedStreamVersion });
      };
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}

export async function messageDb(url: Url): Promise<Contestant> {
  await withClient(url(), (admin) => createDatabase(admin, 'message_store'));
  await withClient(url('message_store'), installMessageDb);
  const pool = peerPool(url('message_store'), '-c search_path=message_store,public');
  const payload = JSON.stringify(data);
  return {
    name: 'message-db',
    newCaller(batch) {
      const next = streamWalk(batch);
      return async () => {
        const { streamId, version } = next();
        const ids = Array.from({ length: batch }, () => randomUUID());
        const expected = ids.map((_, index) => version - 1 + index);
        await pool.query({ ...writeMessages, values: [ids, streamId, type, payload, expected] });
      };
    },
    close: () => pool.end(),
  };
}

// Its function writes one message; one statement for a batch is the best it can do.
const writeMessages = {
  name: 'write-messages',
  text: `select write_message(m.id, $2, $3, $4::jsonb, null, m.expected)
    from unnest($1::text[], $5::bigint[]) as m (id, expected)`,
};

/** The limit: rows into the same table and indexes with COPY, versions and positions made up by the caller. */
export async function copyLimit(url: Url): Promise<Contestant> {
  const database = await overtureDatabase(url, 'copy_limit', 1);
  await database.close();
  const pool = peerPool(url('copy_limit'));
  let position = 0;
  const rest = `${type}\t1\t${JSON.stringify(data)}\t{}\t2026-03-04T09:15:00.000Z\n`;
  return {
    name: 'limit: COPY, no checks',
    newCaller(batch) {
      const next = streamWalk(batch);
      return async () => {
        const { streamId, version } = next();
        const rows = Array.from(
          { length: batch },
          (_, index) =>
            `${tenantId}\t${streamId}\t${version + index + 1}\t0\t${++position}\t${randomUUID()}\t${rest}`,
        );
        const client = await pool.connect();
        await new CopyRows('copy campaign.events from stdin', rows.join('')).runOn(client);
        client.release();
      };
    },
    close: () => pool.end(),
  };
}
