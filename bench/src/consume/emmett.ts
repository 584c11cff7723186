import { postgreSQLEventStoreConsumer } from '@event-driven-io/emmett-postgresql';
import { fillStreams } from '../shared/callers.js';
import { emmettStore, expectedAt } from '../shared/emmett.js';
import { peerPool, withClient, type Url } from '../shared/postgres.js';

const database = 'emmett_consume';
const upsert = {
  name: 'bench-upsert',
  text: `insert into view values ($1, $2)
    on conflict (stream_id) do update set version = excluded.version`,
};

/** Events per second through Emmett's consumer, a row of a read model each. It reads its own store, without NATS. */
export async function emmettRate(url: Url, amount: number): Promise<number> {
  await fill(url, amount);
  const connectionString = url(database);
  await withClient(connectionString, (client) =>
    client.query('create table if not exists view (stream_id text primary key, version bigint)'),
  );
  const pool = peerPool(connectionString, 4);
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
  const start = performance.now();
  await consumer.start();
  const perSecond = (amount * 1_000) / (performance.now() - start);
  await consumer.close();
  await pool.end();
  return perSecond;
}

async function fill(url: Url, amount: number): Promise<void> {
  const store = await emmettStore(url, database);
  await fillStreams({ amount, perStream: 5, callers: 8 }, (streamId, events) =>
    store.appendToStream(streamId, events, { expectedStreamVersion: expectedAt(0) }),
  );
  await store.close();
}
