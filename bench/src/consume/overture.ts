import { setTimeout as sleep } from 'node:timers/promises';
import { ActionPlannedSchema, type ActionPlanned } from '@overture/contracts';
import type { Transaction } from '@overture/event-store';
import { EventHandlers } from '@overture/messaging';
import { fillStreams, freshStream } from '../shared/callers.js';
import type { MessagingBed, RunningMessaging } from '../shared/messaging-bed.js';
import { withClient } from '../shared/postgres.js';
import { event, tenantId } from '../shared/sample-event.js';

/** Adds handlers of the sample event, which tell how many they have handled. */
export type AddHandlers = (handlers: EventHandlers, handled: (amount: number) => void) => void;

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

export async function createReadModel({ urls }: MessagingBed): Promise<void> {
  await withClient(urls.follower('owner'), (client) => client.query(readModel));
}

/** As services write read models: the rows of a transaction are gathered and written right before its commit. */
export const together: AddHandlers = (handlers, handled) => {
  const unsaved = new WeakMap<Transaction, Map<string, Row>>();
  handlers.add(ActionPlannedSchema, async (event, { tx, streamId, version }) => {
    const row = { streamId, version, step: (event as ActionPlanned).step };
    const known = unsaved.get(tx);
    const rows = known ?? new Map<string, Row>();
    rows.set(streamId, row);
    handled(1);
    if (known !== undefined) return;
    unsaved.set(tx, rows);
    tx.beforeCommit(() => save(tx, [...rows.values()]));
  });
};

export const oneByOne: AddHandlers = (handlers, handled) => {
  handlers.add(ActionPlannedSchema, async (event, { tx, streamId, version }) => {
    await tx.query(upsertOne, [tenantId, streamId, version, (event as ActionPlanned).step]);
    handled(1);
  });
};

interface Row {
  readonly streamId: string;
  readonly version: number;
  readonly step: number;
}

async function save(tx: Transaction, rows: readonly Row[]): Promise<void> {
  await tx.query(upsertMany, [
    tenantId,
    rows.map(({ streamId }) => streamId),
    rows.map(({ version }) => version),
    rows.map(({ step }) => step),
  ]);
}

interface Round {
  readonly amount: number;
  readonly add: AddHandlers;
  /** Before the follower starts. */
  readonly ready: () => Promise<void>;
}

/** Publishes a round of events, then lets a service that was away catch up; gives events per second. */
export async function catchUp(
  bed: MessagingBed,
  owner: RunningMessaging,
  { amount, add, ready }: Round,
): Promise<number> {
  await fillStreams({ amount, perStream: 5, callers: 512 }, (streamId, events) =>
    owner.store.append({ tenantId, streamId, expectedVersion: 0, events }),
  );
  await owner.untilQuiet();
  await ready();
  const handlers = new EventHandlers();
  let seen = 0;
  add(handlers, (handled) => (seen += handled));
  const start = performance.now();
  const follower = await bed.startFollower({ handlers });
  while (seen < amount) await sleep(2);
  await follower.untilQuiet();
  const perSecond = (amount * 1_000) / (performance.now() - start);
  await follower.stop();
  return perSecond;
}

/** In milliseconds, of every append. */
export interface Latencies {
  /** From the call of `append` to its durable commit. */
  readonly committed: number[];
  /** From the call of `append` to the handler in another service. */
  readonly handled: number[];
}

/** How long it takes at a steady rate. */
export async function latencies(
  bed: MessagingBed,
  owner: RunningMessaging,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Latencies> {
  const found: number[] = [];
  const committed: number[] = [];
  const begun = new Map<string, number>();
  const handlers = new EventHandlers();
  handlers.add(ActionPlannedSchema, async (_event, { streamId }) => {
    const start = begun.get(streamId);
    if (start !== undefined) found.push(performance.now() - start);
  });
  const follower = await bed.startFollower({ handlers });
  await follower.untilQuiet();
  const start = performance.now();
  while (begun.size < perSecond * seconds) {
    const due = ((performance.now() - start) / 1_000) * perSecond;
    while (begun.size < due) {
      const streamId = freshStream();
      begun.set(streamId, performance.now());
      const appended = performance.now();
      void owner.store
        .append({ tenantId, streamId, expectedVersion: 0, events: [event] })
        .then(() => committed.push(performance.now() - appended));
    }
    await sleep(1);
  }
  while (found.length < begun.size) await sleep(10);
  await follower.stop();
  // The first second warms up.
  return { committed: committed.slice(perSecond), handled: found.slice(perSecond) };
}
