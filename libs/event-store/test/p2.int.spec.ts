import type { Client } from 'pg';
import { adminClient, newTenant, schema, storeFixture, type StoreFixture } from './fixtures.js';
import { follow, violations, type Followed } from './p2-checks.js';
import {
  connectionKiller,
  groupWriters,
  pausingWriter,
  processWriter,
  type Query,
} from './p2-writers.js';

const seed = process.env['OVERTURE_SEED'] ?? String(Date.now());
const writersMax = 4;
// Long enough for some kills, and enough events for the kinds of writers to meet.
const forMs = 5_000;
const eventsMin = 200;

let fixture: StoreFixture;
let admin: Client;
beforeAll(async () => {
  fixture = await storeFixture();
  admin = await adminClient(fixture);
});

describe(`Under concurrent writers with pauses, rollbacks and kills (seed ${seed})`, () => {
  it('versions and positions have no holes and a follower misses nothing (P1, P2, I16)', async () => {
    const { found, followed } = await writeAndCheck();
    expect(found).toEqual([]);
    expect(followed).toBeGreaterThanOrEqual(eventsMin);
  });

  it('a store built with an identity cursor is caught', async () => {
    await buildMutant();
    const { found } = await writeAndCheck();
    expect(found).toContain('the follower missed an event');
    expect(found).toContain('a bucket has a hole or does not start at 1');
  });
});

/** The suite: many kinds of writers at once, a follower, and every rule checked at the end. */
async function writeAndCheck() {
  const tenantId = newTenant();
  const url = fixture.addresses.services[schema]!.databaseUrl;
  const acknowledged = new Set<string>();
  const query: Query = (text, values) => admin.query(text, values);
  let gone = false;
  const followed: Followed = { ids: [], positions: [] };
  const following = follow(query, tenantId, followed, () => gone);
  const end = performance.now() + forMs;
  const over = () => performance.now() > end && followed.ids.length >= eventsMin;
  const writing = { database: fixture.database, url, tenantId, seed, over };
  await Promise.all([
    ...Array.from({ length: writersMax }, (_, index) =>
      processWriter({ ...writing, seed: `${seed} ${index}` }, acknowledged),
    ),
    groupWriters(writing, acknowledged),
    pausingWriter(writing, acknowledged, {
      seen: (id) => followed.ids.includes(id),
      admin: query,
    }),
    connectionKiller(writing, query),
  ]);
  await writersGone(query);
  gone = true;
  await following;
  const found = await violations(query, tenantId, { acknowledged, followed });
  return { found, followed: followed.ids.length };
}

/** A killed process may leave its transaction to the server for a moment. */
async function writersGone(query: Query): Promise<void> {
  const open = `select from pg_stat_activity
    where datname = current_database() and application_name = 'p2-writer'`;
  while ((await query(open)).rows.length > 0);
}

/** The same function with positions from an identity sequence instead of the bucket's locked head. */
async function buildMutant(): Promise<void> {
  const { rows } = await admin.query(
    `select pg_get_functiondef('append_events'::regproc) as source`,
  );
  const source = String(rows[0]?.source);
  const mutant = source
    .replace(
      /with grown as \(\s+update bucket_head[^]*?returning [^)]*\)/,
      `with grown as (
        select tenants[r] as tenant_id, buckets[r] as bucket, 1000000 as head
        from unnest(sorted) r group by 1, 2)`,
    )
    .replace(/perform pg_advisory_xact_lock[^;]*;/, 'null;')
    .replace('befores[e.request] + e.version - expected[e.request]', `nextval('mutant_cursor')`);
  expect(mutant).toContain('1000000 as head');
  expect(mutant).toContain('mutant_cursor');
  expect(mutant).not.toContain('pg_advisory_xact_lock');
  await admin.query('create sequence mutant_cursor');
  await admin.query(`grant usage on sequence mutant_cursor to ${schema}_worker`);
  await admin.query(mutant);
}
