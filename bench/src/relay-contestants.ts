import { randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import {
  getPostgreSQLEventStore,
  postgreSQLEventStoreConsumer,
  postgreSQLEventStoreMessageBatchPuller,
} from '@event-driven-io/emmett-postgresql';
import { dumbo } from '@event-driven-io/dumbo';
import pg from 'pg';
import { createDatabase } from '@overture/event-store';
import type { NatsServer } from '../../tools/lib/nats.mjs';
import { withClient } from './harness.js';
import { installMessageDb } from './message-db.js';
import { data, MessagingBed, publish, tenantId, type, untilQuiet } from './messaging-bed.js';

/** One way from a store to JetStream. `fill` appends, `drain` publishes all of it and remembers how far it is. */
export interface Contestant {
  readonly name: string;
  fill(amount: number): Promise<void>;
  drain(amount: number): Promise<void>;
  close(): Promise<void>;
}

type Url = (database?: string) => string;

const perStream = 20;
const readAhead = 1_000;

export async function overture(url: Url, nats: NatsServer): Promise<Contestant> {
  const bed = await MessagingBed.make(url, nats);
  const filling = await bed.start('campaign', {});
  return {
    name: 'Overture',
    fill: (amount) =>
      inTurn(amount, (streamId, events) =>
        filling.store.append({ tenantId, streamId, expectedVersion: 0, events }),
      ),
    drain: async () => {
      const relay = await bed.start('campaign', { publish });
      await untilQuiet(relay);
      await relay.stop();
    },
    close: () => filling.stop(),
  };
}

export async function messageDb(url: Url, nats: NatsServer): Promise<Contestant> {
  const name = 'message_db';
  await withClient(url(), (admin) => createDatabase(admin, name));
  await withClient(url(name), installMessageDb);
  const options = '-c search_path=message_store,public';
  const pool = new pg.Pool({ connectionString: url(name), options, max: 8 });
  const stream = await peerStream(nats, name);
  let position = 1;
  const poll = async () => {
    const { rows } = await pool.query({ ...getCategory, values: ['enrollment', position] });
    await stream.publishAll(
      rows.map(({ id, data: body, stream_name }) => ({
        id,
        body: String(body),
        subject: stream_name,
      })),
    );
    position = Number(rows.at(-1)?.global_position ?? position - 1) + 1;
    // Its consumers keep their position as a message of a stream of their own.
    const kept = ['enrollment:position-relay', JSON.stringify({ position })];
    await pool.query({ ...writePosition, values: [randomUUID(), ...kept] });
    return rows.length;
  };
  return {
    name: 'message-db, category polling',
    fill: (amount) =>
      inTurn(amount, async (streamId, events) => {
        const ids = events.map(() => randomUUID());
        const expected = ids.map((_, index) => index - 1);
        const payload = JSON.stringify(data);
        await pool.query({ ...writeMessages, values: [ids, streamId, type, payload, expected] });
      }),
    drain: async (amount) => {
      for (let done = 0; done < amount;) done += await poll();
    },
    close: async () => {
      await pool.end();
      await stream.close();
    },
  };
}

/** Its consumer hands over one message after another, and keeps its checkpoint with each. */
export async function emmettConsumer(url: Url, nats: NatsServer): Promise<Contestant> {
  const connectionString = await emmettDatabase(url, 'emmett_consumer');
  const stream = await peerStream(nats, 'emmett_consumer');
  return {
    name: 'Emmett, consumer',
    fill: (amount) => fillEmmett(connectionString, amount),
    drain: async () => {
      const consumer = postgreSQLEventStoreConsumer({
        connectionString,
        pulling: { batchSize: readAhead, pullingFrequencyInMs: 1 },
        stopWhen: { noMessagesLeft: true },
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
}

/** The part below its consumer, by batches and without a checkpoint. */
export async function emmettPuller(url: Url, nats: NatsServer): Promise<Contestant> {
  const connectionString = await emmettDatabase(url, 'emmett_puller');
  const stream = await peerStream(nats, 'emmett_puller');
  const pool = dumbo({ connectionString });
  let lastCheckpoint = 0n;
  return {
    name: 'Emmett, low-level puller',
    fill: (amount) => fillEmmett(connectionString, amount),
    drain: async () => {
      const puller = postgreSQLEventStoreMessageBatchPuller({
        executor: pool.execute,
        batchSize: readAhead,
        pullingFrequencyInMs: 1,
        stopWhen: { noMessagesLeft: true },
        signal: new AbortController().signal,
        eachBatch: async (messages) => {
          await stream.publishAll(messages.map(fromEmmett));
          lastCheckpoint = messages.at(-1)?.metadata.globalPosition ?? lastCheckpoint;
        },
      });
      await puller.start({ startFrom: { lastCheckpoint } });
    },
    close: async () => {
      await pool.close();
      await stream.close();
    },
  };
}

async function emmettDatabase(url: Url, name: string): Promise<string> {
  await withClient(url(), (admin) => createDatabase(admin, name));
  const store = getPostgreSQLEventStore(url(name));
  await store.schema.migrate();
  await store.close();
  return url(name);
}

async function fillEmmett(connectionString: string, amount: number): Promise<void> {
  const store = getPostgreSQLEventStore(connectionString);
  await inTurn(amount, (streamId, events) =>
    store.appendToStream(streamId, [...events], {
      expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
    }),
  );
  await store.close();
}

function fromEmmett({ metadata, data: body }: EmmettMessage): PeerMessage {
  return { id: metadata.messageId, body: JSON.stringify(body), subject: metadata.streamName };
}

interface EmmettMessage {
  readonly metadata: { readonly messageId: string; readonly streamName: string };
  readonly data: unknown;
}

interface PeerMessage {
  readonly id: string;
  readonly body: string;
  readonly subject: string;
}

/** A JetStream stream of the peer's own, published to as its documentation does: a promise for each message. */
async function peerStream(nats: NatsServer, name: string) {
  const connection: NatsConnection = await connect({ servers: nats.url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: `PEER_${name}`, subjects: [`peer.${name}.>`] });
  const js = jetstream(connection);
  const publishOne = ({ id, body, subject }: PeerMessage) => {
    const attributes = headers();
    attributes.set('ce-id', id);
    attributes.set('ce-type', type);
    attributes.set('ce-subject', subject);
    return js.publish(`peer.${name}.${subject}`, body, { msgID: id, headers: attributes });
  };
  return {
    publishAll: async (messages: readonly PeerMessage[]) => {
      await Promise.all(messages.map(publishOne));
    },
    close: () => connection.close(),
  };
}

/** Appends in fresh streams of a few events each, many streams at once. */
async function inTurn(
  amount: number,
  append: (
    streamId: string,
    events: readonly { type: string; data: typeof data }[],
  ) => Promise<unknown>,
): Promise<void> {
  const streams = Array.from({ length: amount / perStream }, () => `enrollment-${randomUUID()}`);
  const events = Array.from({ length: perStream }, () => ({ type, data }));
  const next = async () => {
    for (let id = streams.pop(); id !== undefined; id = streams.pop()) await append(id, events);
  };
  await Promise.all(Array.from({ length: 16 }, next));
}

const getCategory = {
  name: 'get-category',
  text: `select * from get_category_messages($1, $2, ${readAhead})`,
};

const writeMessages = {
  name: 'write-messages',
  text: `select write_message(m.id, $2, $3, $4::jsonb, null, m.expected)
    from unnest($1::text[], $5::bigint[]) as m (id, expected)`,
};

const writePosition = {
  name: 'write-position',
  text: `select write_message($1, $2, 'Positioned', $3::jsonb)`,
};
