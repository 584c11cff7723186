import type { Client } from 'pg';
import { PostgresEventStore } from '../src/index.js';
import {
  adminClient,
  counted,
  newStream,
  newTenant,
  storeFixture,
  type StoreFixture,
} from './fixtures.js';

let fixture: StoreFixture;
let admin: Client;
beforeAll(async () => {
  fixture = await storeFixture();
  admin = await adminClient(fixture);
});

describe('Callers that append at the same time', () => {
  it('share statements', async () => {
    const before = await commits();
    await together(200, () => ({}));
    expect((await commits()) - before).toBeLessThan(20);
  });

  it('do not fail because one of them conflicts', async () => {
    const settled = await together(100, (index) => ({ expectedVersion: index === 50 ? 3 : 0 }));
    expect(outcomes(settled)).toEqual(expected(100, 'conflict'));
  });

  it('do not fail because one of them sent what cannot be stored', async () => {
    const bad = [{ type: 'Counted', data: { text: 'a\u0000b' } }];
    const settled = await together(100, (index) => (index === 50 ? { events: bad } : {}));
    expect(outcomes(settled)).toEqual(expected(100, 'rejected'));
  });

  it('learn that the outcome is unknown when the connection breaks, and nothing is written twice', async () => {
    const database = fixture.open({ applicationName: 'broken' });
    const tenantId = newTenant();
    const blocker = await adminClient(fixture);
    await blocker.query('begin; lock table bucket_head in access exclusive mode');
    const waiting = together(20, () => ({ tenantId }), new PostgresEventStore(database));
    await waitingForLock();
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'broken'`,
    );
    await blocker.query('commit');
    for (const each of await waiting) {
      expect(each).toMatchObject({ status: 'rejected', reason: { name: 'TransientError' } });
    }
    const { rows } = await admin.query('select from events where tenant_id = $1', [tenantId]);
    expect(rows).toHaveLength(0);
  });
});

describe('A tenant with many buckets', () => {
  it('spreads new streams over them and leaves the old ones where they were born', async () => {
    const store = new PostgresEventStore(fixture.database);
    const tenantId = newTenant();
    const old = { tenantId, streamId: newStream() };
    await store.append({ ...old, events: counted(2), expectedVersion: 0 });
    await fixture.database.worker((tx) => tx.query('select add_buckets($1, 16)', [tenantId]));
    // Names are random, and so is where they go: of so many, each bucket gets one but for one chance in 10^15.
    await together(600, () => ({ tenantId }), store);
    await store.append({ ...old, events: counted(1, 3), expectedVersion: 2 });
    const { rows } = await admin.query(
      `select bucket, count(*)::int, min(position)::int, max(position)::int from events
       where tenant_id = $1 group by bucket order by bucket`,
      [tenantId],
    );
    expect(rows).toHaveLength(16);
    for (const { count, min, max } of rows) expect({ min, max }).toEqual({ min: 1, max: count });
    const { events } = await store.read(tenantId, old.streamId);
    expect(events.map(({ bucket }) => bucket)).toEqual([0, 0, 0]);
  });
});

function together(
  callers: number,
  request: (index: number) => object,
  store = new PostgresEventStore(fixture.database),
) {
  const common = { tenantId: newTenant(), events: counted(1), expectedVersion: 0 };
  return Promise.allSettled(
    Array.from({ length: callers }, (_, index) =>
      store.append({ ...common, streamId: newStream(), ...request(index) }),
    ),
  );
}

function outcomes(settled: Awaited<ReturnType<typeof together>>) {
  return settled.map((each) => (each.status === 'fulfilled' ? each.value.outcome : each.status));
}

const expected = (callers: number, middle: string) =>
  Array.from({ length: callers }, (_, index) => (index === 50 ? middle : 'appended'));

async function commits(): Promise<number> {
  const { rows } = await admin.query(`select count(distinct xmin::text)::int as n from events`);
  return rows[0]?.n as number;
}

async function waitingForLock(): Promise<void> {
  const text = `select from pg_stat_activity
    where application_name = 'broken' and wait_event_type = 'Lock'`;
  while ((await admin.query(text)).rows.length === 0);
}
