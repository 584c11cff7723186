import {
  postgreSQLEventStoreConsumer,
  postgreSQLEventStoreMessageBatchPuller,
} from '@event-driven-io/emmett-postgresql';
import { dumbo } from '@event-driven-io/dumbo';
import { fillStreams } from '../shared/callers.js';
import { emmettStore, expectedAt } from '../shared/emmett.js';
import type { Url } from '../shared/postgres.js';
import { filling, readAhead, type Maker } from './contestant.js';
import { peerStream, type PeerMessage } from './peer-stream.js';

export const consumerName = 'Emmett, consumer';
const polling = {
  batchSize: readAhead,
  pullingFrequencyInMs: 1,
  stopWhen: { noMessagesLeft: true },
} as const;

/** Its consumer hands over one message after another, and keeps its checkpoint with each. */
export const emmettConsumer: Maker = async (url, nats) => {
  const database = 'emmett_consumer';
  const stream = await peerStream(nats, database);
  const { batchSize, pullingFrequencyInMs, stopWhen } = polling;
  const connectionString = url(database);
  return {
    name: consumerName,
    fill: (amount) => fill(url, database, amount),
    async drain() {
      const consumer = postgreSQLEventStoreConsumer({
        connectionString,
        pulling: { batchSize, pullingFrequencyInMs },
        stopWhen,
      });
      consumer.reactor({
        processorId: 'relay',
        connectionOptions: { connectionString },
        eachMessage: (message) => stream.publishAll([fromEmmett(message)]),
      });
      await consumer.start();
      await consumer.close();
    },
    close: () => stream.close(),
  };
};

/** The part below its consumer, by batches and without a checkpoint. */
export const emmettPuller: Maker = async (url, nats) => {
  const database = 'emmett_puller';
  const stream = await peerStream(nats, database);
  const pool = dumbo({ connectionString: url(database) });
  let lastCheckpoint = 0n;
  return {
    name: 'Emmett, low-level puller',
    fill: (amount) => fill(url, database, amount),
    async drain() {
      const puller = postgreSQLEventStoreMessageBatchPuller({
        ...polling,
        executor: pool.execute,
        signal: new AbortController().signal,
        eachBatch: async (messages) => {
          await stream.publishAll(messages.map(fromEmmett));
          lastCheckpoint = messages.at(-1)?.metadata.globalPosition ?? lastCheckpoint;
        },
      });
      await puller.start({ startFrom: { lastCheckpoint } });
    },
    async close() {
      await pool.close();
      await stream.close();
    },
  };
};

async function fill(url: Url, database: string, amount: number): Promise<void> {
  const store = await emmettStore(url, database);
  await fillStreams({ amount, ...filling }, (streamId, events) =>
    store.appendToStream(streamId, events, { expectedStreamVersion: expectedAt(0) }),
  );
  await store.close();
}

interface EmmettMessage {
  readonly metadata: { readonly messageId: string; readonly streamName: string };
  readonly data: unknown;
}

function fromEmmett({ metadata, data }: EmmettMessage): PeerMessage {
  return { id: metadata.messageId, body: JSON.stringify(data), subject: metadata.streamName };
}
