import fc from 'fast-check';
import type { Client } from 'pg';
import { seededFraction } from '@overture/kernel';
import {
  InMemoryEventStore,
  PostgresEventStore,
  type AppendRequest,
  type Database,
  type EventStore,
} from '../src/index.js';
import {
  adminClient,
  counted,
  fixedClock,
  newStream,
  newTenant,
  storeFixture,
  type StoreFixture,
} from './fixtures.js';
import { brokenRules } from './p2-checks.js';

let fixture: StoreFixture;
let admin: Client;
beforeAll(async () => {
  fixture = await storeFixture();
  admin = await adminClient(fixture);
});

// Small numbers, so that tenants, streams and expected versions meet often.
const requests = fc.array(
  fc.record({
    tenant: fc.nat(2),
    stream: fc.nat(4),
    expectedVersion: fc.nat(4),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 25 },
);

describe('The SQL function that appends', () => {
  it('decides as the twin in memory does, in any mix of tenants, buckets and conflicts (P2)', () =>
    fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 4 }), async (batches) => {
        const tenants = [newTenant(), newTenant(), newTenant()];
        await admin.query('select add_buckets($1, 8)', [tenants[1]]);
        const real = new PostgresEventStore(fixture.database);
        const twin = new InMemoryEventStore(fixedClock);
        for (const batch of batches) {
          const appends = batch.map(({ tenant, stream, expectedVersion, count }) => {
            const name = { tenantId: tenants[tenant] as string, streamId: `counter-${stream}` };
            return { ...name, expectedVersion, events: counted(count, expectedVersion + 1) };
          });
          expect(await outcomes(real, appends)).toEqual(await outcomes(twin, appends));
        }
        for (const tenantId of tenants) {
          expect(await brokenRules((text, values) => admin.query(text, values), tenantId)).toEqual(
            [],
          );
        }
      }),
      { numRuns: 20, seed: 20_261_121 },
    ));

  it('never deadlocks, in whatever order writers name streams and tenants', async () => {
    const tenants = [newTenant(), newTenant(), newTenant()];
    await admin.query('select add_buckets(t, 4) from unnest($1::text[]) t', [tenants]);
    const streams = Array.from({ length: 30 }, newStream);
    const names = tenants.flatMap((tenantId) =>
      streams.map((streamId) => ({ tenantId, streamId })),
    );
    const writer = async (index: number) => {
      const store = new PostgresEventStore(fixture.open());
      for (let round = 0; round < 8; round++) {
        const chance = (name: { streamId: string }) =>
          seededFraction(`${index} ${round} ${name.streamId}`);
        const mixed = [...names].sort((a, b) => chance(a) - chance(b));
        const versions = await Promise.all(mixed.map((name) => versionOf(name)));
        await store.appendAll(
          mixed.map((name, at) => ({
            ...name,
            expectedVersion: versions[at] ?? 0,
            events: counted(1),
          })),
        );
      }
    };
    await Promise.all([0, 1, 2, 3].map(writer));
    for (const tenantId of tenants) {
      expect(await brokenRules((text, values) => admin.query(text, values), tenantId)).toEqual([]);
    }
  });
});

describe('The cost of an append', () => {
  it('is a look-up per stream, whatever the size of the table and whenever the plan was made', async () => {
    // A database of its own: what other tests read must not be counted.
    const own = await storeFixture();
    const store = new PostgresEventStore(own.database);
    const look = await adminClient(own);
    const tenantId = newTenant();
    const streams = Array.from({ length: 100 }, newStream);
    const append = (streamIds: readonly string[], expectedVersion: number) =>
      store.appendAll(
        streamIds.map((streamId) => ({ tenantId, streamId, expectedVersion, events: counted(1) })),
      );
    for (let version = 0; version < 10; version++) await append(streams.slice(0, 3), version);
    await append(streams.slice(3), 0);
    await look.query(
      `insert into streams select $1, 'other-' || n, 1, 0 from generate_series(1, 20000) n`,
      [newTenant()],
    );
    const rowsRead = async () => {
      await reported(own.database);
      return rowsReadOfStreams(look);
    };
    const before = await rowsRead();
    await append(streams.slice(3), 1);
    const read = (await rowsRead()) - before;
    expect(read).toBeGreaterThanOrEqual(streams.length - 3);
    expect(read).toBeLessThan(1_000);
  });
});

async function outcomes(store: EventStore, appends: readonly AppendRequest[]) {
  const results = await store.appendAll(appends);
  return results.map(({ outcome, version }) => ({ outcome, version }));
}

async function versionOf({ tenantId, streamId }: { tenantId: string; streamId: string }) {
  const text = 'select version from streams where tenant_id = $1 and stream_id = $2';
  const { rows } = await fixture.database.worker((tx) => tx.query(text, [tenantId, streamId]));
  return (rows[0]?.['version'] as number | undefined) ?? 0;
}

/** Makes every session of the store report what it has read, which it would do by itself in time. */
async function reported({ statements }: Database): Promise<void> {
  const sessions = Array.from({ length: statements.totalCount }, () => statements.connect());
  for (const session of await Promise.all(sessions)) {
    await session.query('select pg_stat_force_next_flush()');
    session.release();
  }
}

/** Index entries and rows of streams that statements have read, as far as their sessions have reported. */
async function rowsReadOfStreams(look: Client): Promise<number> {
  const { rows } = await look.query(
    `select (seq_tup_read + (select sum(idx_tup_read) from pg_stat_user_indexes i
        where i.relid = t.relid))::int as n
     from pg_stat_user_tables t where relname = 'streams'`,
  );
  return rows[0]?.n as number;
}
