import { randomUUID } from 'node:crypto';
import {
  getPostgreSQLEventStore,
  postgreSQLEventStoreConsumer,
} from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { createDatabase } from '@overture/event-store';
import { withClient } from './harness.js';
import { data, type } from './messaging-bed.js';

type Url = (database?: string) => string;

const name = 'emmett_consume';
const perStream = 5;

/** Events per second through Emmett's consumer, each with a row of a read model. It reads its own store, without NATS. */
export async function rate(url: Url, amount: number): Promise<number> {
  const connectionString = url(name);
  await prepare(url, connectionString, amount);
  const pool = new pg.Pool({ connectionString, max: 4 });
  const consumer = postgreSQLEventStoreConsumer({
    connectionString,
    pulling: { batchSize: 1_000, pullingFrequencyInMs: 1 },
    stopWhen: { noMessagesLeft: true },
  });
  consumer.reactor({
    processorId: 'view',
    connectionOptions: { connectionString },
    eachMessage: async ({ metadata: { streamName, streamPosition } }) => {
      await pool.query({ ...upsert, values: [streamName, streamPosition] });
    },
  });
  const startedAt = performance.now();
  await consumer.start();
  const perSecond = (amount * 1_000) / (performance.now() - startedAt);
  await consumer.close();
  await pool.end();
  return perSecond;
}

async function prepare(url: Url, connectionString: string, amount: number): Promise<void> {
  await withClient(url(), (admin) => createDatabase(admin, name));
  await withClient(connectionString, (client) =>
    client.query('create table if not exists view (stream_id text primary key, version bigint)'),
  );
  const store = getPostgreSQLEventStore(connectionString);
  await store.schema.migrate();
  const events = Array.from({ length: perStream }, () => ({ type, data }));
  const streams = Array.from({ length: amount / perStream }, () => `enrollment-${randomUUID()}`);
  const next = async () => {
    for (let id = streams.pop(); id !== undefined; id = streams.pop()) {
      await store.appendToStream(id, events, { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' });
    }
  };
  await Promise.all(Array.from({ length: 8 }, next));
  await store.close();
}

const upsert = {
  name: 'bench-upsert',
  text: `insert into view values ($1, $2)
    on conflict (stream_id) do update set version = excluded.version`,
};
