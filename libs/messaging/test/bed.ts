import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import type { DescMessage } from '@bufbuild/protobuf';
import type { NatsConnection } from '@nats-io/nats-core';
import { LeadEnrolledSchema, PersonRecognizedSchema, type LeadEnrolled } from '@overture/contracts';
import { Database, PostgresEventStore, type RecordedEvent } from '@overture/event-store';
import { fromMs } from '@overture/kernel';
import { afterTests, freshDatabase, testNats, waitFor, withClient } from '@overture/testing';
import type { TestDatabase, TestNats } from '@overture/testing';
import { Activity } from '../src/activity.js';
import type { EventContext } from '../src/contexts.js';
import { published, type Published } from '../src/envelope.js';
import { EventHandlers, type EventHandler } from '../src/event-handlers.js';
import type { Tuning } from '../src/options.js';
import { RpcClient } from '../src/rpc-client.js';
import { ServiceMessaging } from '../src/service-messaging.js';

/** The service that owns the streams of these tests, and the one that follows them. */
export const owner = 'campaign';
export const follower = 'scheduler';
export const tenant = '018f0000-0000-7000-8000-000000000001';

// What fails on purpose would fill the screen.
Logger.overrideLogger(process.env['OVERTURE_TEST_LOGS'] === undefined ? false : ['warn', 'error']);

const startedAt = fromMs(0);
const stopMs = 3_000;
const usual: Partial<Tuning> = { pollMs: 200 };
/** For tests in which somebody dies or shares: what it held comes free soon. On a slow machine also what nobody let go. */
export const quick: Partial<Tuning> = { ackWaitMs: 2_000, leaseTtlMs: 3_000 };

export interface Replica {
  readonly messaging: ServiceMessaging;
  readonly activity: Activity;
  readonly client: RpcClient;
  readonly nats: NatsConnection;
  readonly database: Database;
  stop(): Promise<void>;
  /** As a killed process: its connections end in the middle of whatever it did. */
  kill(): Promise<void>;
}

export interface ReplicaOptions {
  readonly publishes?: boolean;
  readonly on?: EventHandler;
  /** What `on` handles: LeadEnrolled, unless told otherwise. */
  readonly schema?: DescMessage;
  readonly tuning?: Partial<Tuning>;
  readonly build?: (parts: ConstructorParameters<typeof ServiceMessaging>) => ServiceMessaging;
}

/** Two services on a real PostgreSQL and a nats-server of this file's own. */
export class Bed {
  readonly store: PostgresEventStore;

  private constructor(
    readonly nats: TestNats,
    readonly addresses: TestDatabase,
    readonly database: Database,
  ) {
    this.store = new PostgresEventStore(database);
  }

  static async make({ secured = false } = {}): Promise<Bed> {
    const sets = ['event-store', 'messaging'];
    const [nats, addresses] = await Promise.all([
      testNats({ secured }),
      freshDatabase([owner, follower].map((schema) => ({ schema, sets }))),
    ]);
    await withClient(addresses.services[follower]!.migrationsUrl, async (client) => {
      await client.query(`set search_path = ${follower}`);
      await client.query(`create table seen (tenant_id text, stream_id text, version integer,
        amount integer, place bigserial, primary key (tenant_id, stream_id, version))`);
      await client.query(`grant usage on sequence seen_place_seq to ${follower}_app`);
      await client.query(`select grant_tenant_table('seen')`);
    });
    return new Bed(nats, addresses, openDatabase(addresses, owner));
  }

  /** Starts one replica of a service; it is stopped after the tests. */
  async start(service: string, options: ReplicaOptions): Promise<Replica> {
    const nats = await connect({
      ...this.nats.connectionOf(service),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
    });
    const database = openDatabase(this.addresses, service);
    const activity = new Activity();
    const client = new RpcClient(nats, activity);
    const handlers = new EventHandlers();
    if (options.on) handlers.add(options.schema ?? LeadEnrolledSchema, options.on);
    const publish = options.publishes ? { publish: publicForm } : {};
    const tuning = { ...usual, ...options.tuning };
    const build = options.build ?? ((parts) => new ServiceMessaging(...parts));
    const messaging = build([{ service, database, nats, ...publish, tuning }, activity, client]);
    await messaging.start(handlers);
    const kill = async (): Promise<void> => {
      await nats.close();
      await database.close().catch(() => undefined);
    };
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= messaging.stop().catch(() => undefined));
    afterTests(async () => {
      // A replica that a test has killed has work that never ends.
      await Promise.race([stop(), sleep(stopMs, undefined, { ref: false })]);
      await kill();
    });
    return { messaging, activity, client, nats, database, stop, kill };
  }

  /** Appends events to a stream: `amounts` become LeadEnrolled, null something nobody follows. */
  async append(
    streamId: string,
    amounts: readonly (number | null)[],
    { tenantId = tenant, expectedVersion = 0 } = {},
  ): Promise<void> {
    const events = amounts.map((amount) =>
      amount === null
        ? { type: 'PersonRecognized', data: {} }
        : { type: 'LeadEnrolled', data: { amount } },
    );
    const result = await this.store.append({ tenantId, streamId, events, expectedVersion });
    if (result.outcome === 'conflict') throw new Error(`Conflict on ${streamId}.`);
  }

  /** What the follower's handler has written, in the order it did. */
  async seen(): Promise<{ streamId: string; version: number; amount: number }[]> {
    return this.query(
      `select stream_id as "streamId", version, amount from ${follower}.seen order by place`,
    );
  }

  async versionsSeen(streamId: string): Promise<number[]> {
    const seen = await this.seen();
    return seen.filter((row) => row.streamId === streamId).map(({ version }) => version);
  }

  async waitForSeen(amount: number): Promise<void> {
    await waitFor(async () => (await this.seen()).length >= amount, {
      what: `${amount} events seen`,
      everyMs: 50,
    });
  }

  /** A statement as the superuser, who sees everything. */
  async query<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return withClient(this.addresses.adminUrl, async (client) => {
      const { rows } = await client.query(statement, values);
      return rows as Row[];
    });
  }
}

/** The follower's handler: writes down what it saw, in the transaction of the event. */
export async function writeDown(event: unknown, context: EventContext): Promise<void> {
  const { tenantId, streamId, version, tx } = context;
  await tx.query(
    'insert into seen (tenant_id, stream_id, version, amount) values ($1, $2, $3, $4)',
    [tenantId, streamId, version, (event as LeadEnrolled).sequenceVersion],
  );
}

/** Resolves when the follower is through with all that the owner has published, and neither has work in hand. */
export async function settled(from: Replica, to: Replica): Promise<void> {
  const isSettled = () => {
    const [owner, follower] = [from.activity.report(), to.activity.report()];
    const through = Object.entries(owner.published).every(
      ([partition, sequence]) => (follower.settled?.[Number(partition)] ?? 0) >= sequence,
    );
    return through && owner.busy === 0 && follower.busy === 0;
  };
  await waitFor(isSettled, { what: 'all that was published to be settled' });
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function publicForm({ type, data, streamId }: RecordedEvent): Published {
  const enrollment = { enrollmentId: streamId };
  if (type === 'PersonRecognized') return published(PersonRecognizedSchema, { enrollment });
  const { amount } = data as { amount: number };
  return published(LeadEnrolledSchema, { enrollment, sequenceVersion: amount });
}

function openDatabase({ services }: TestDatabase, schema: string): Database {
  const database = new Database({
    url: services[schema]!.databaseUrl,
    schema,
    applicationName: `test-${schema}`,
    clock: { now: () => startedAt },
  });
  afterTests(() => database.close().catch(() => undefined));
  return database;
}
