import { TransientError } from '@overture/kernel';
import { ConflictError, PostgresEventStore, transact } from '../src/index.js';
import {
  counter,
  counted,
  newStream,
  newTenant,
  storeFixture,
  type StoreFixture,
} from './fixtures.js';

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await storeFixture();
});

describe('A transaction', () => {
  it('writes its appends and its rows together, or none of them', async () => {
    const { database, tenantId, streamId, store } = setUp();
    const failing = database.tenant(tenantId, async (tx) => {
      await tx.append(tenantId, streamId, counted(2), 0);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect((await store.read(tenantId, streamId)).version).toBe(0);
  });

  it('reads its own appends before they are written', async () => {
    const { database, tenantId, streamId, store } = setUp();
    await store.append({ tenantId, streamId, events: counted(2), expectedVersion: 0 });
    await database.tenant(tenantId, async (tx) => {
      const first = await tx.append(tenantId, streamId, counted(1, 3), 2);
      await tx.append(tenantId, streamId, counted(1, 4), 3);
      expect(first.map((event) => event.version)).toEqual([3]);
      const { events, version } = await tx.read(tenantId, streamId);
      expect({ version, data: events.map(({ data }) => data) }).toEqual({
        version: 4,
        data: [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }],
      });
    });
    expect((await store.read(tenantId, streamId)).version).toBe(4);
  });

  it('handles several commands for one stream', async () => {
    const { database, tenantId, streamId, store } = setUp();
    await database.worker(async (tx) => {
      for (let step = 0; step < 3; step++) await transact(tx, counter, { tenantId, streamId }, 2);
    });
    const { events } = await store.read(tenantId, streamId);
    expect(events.map(({ data }) => data)).toEqual([1, 2, 3, 4, 5, 6].map((n) => ({ n })));
  });

  it('undoes everything when another writer was faster', async () => {
    const { database, tenantId, streamId, store } = setUp();
    const other = newStream();
    const late = database.tenant(tenantId, async (tx) => {
      await tx.append(tenantId, other, counted(1), 0);
      await tx.append(tenantId, streamId, counted(1), 0);
      await store.append({ tenantId, streamId, events: counted(3), expectedVersion: 0 });
    });
    await expect(late).rejects.toThrow(ConflictError);
    await expect(late).rejects.toThrow(/Expected version 0, found 3/);
    expect((await store.read(tenantId, other)).version).toBe(0);
  });

  it('refuses at once to append twice at the same version', async () => {
    const { database, tenantId, streamId } = setUp();
    const twice = database.tenant(tenantId, async (tx) => {
      await tx.append(tenantId, streamId, counted(1), 0);
      await tx.append(tenantId, streamId, counted(1), 0);
    });
    await expect(twice).rejects.toThrow(ConflictError);
  });

  it('never commits what followed a failed statement', async () => {
    const { database, tenantId, streamId, store } = setUp();
    const careless = database.tenant(tenantId, async (tx) => {
      await tx.query('select no_such_column').catch(() => undefined);
      await tx.append(tenantId, streamId, [], 0);
    });
    await expect(careless).rejects.toThrow('A failed statement was ignored');
    expect((await store.read(tenantId, streamId)).version).toBe(0);
  });

  it('runs its hooks after the commit only, and refuses work that comes too late', async () => {
    const { database, tenantId } = setUp();
    const seen: string[] = [];
    const escaped = await database.tenant(tenantId, async (tx) => {
      tx.afterCommit(() => seen.push('committed'));
      return tx;
    });
    const failing = database.tenant(tenantId, async (tx) => {
      tx.afterCommit(() => seen.push('never'));
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(seen).toEqual(['committed']);
    await expect(escaped.query('select 1')).rejects.toThrow('This transaction is over');
    await expect(escaped.append(tenantId, newStream(), counted(1), 0)).rejects.toThrow('is over');
  });

  it('speaks of a moment as an instant and of a count as a number', async () => {
    const { database } = setUp();
    const { rows } = await database.worker((tx) =>
      tx.query(`select timestamptz '2026-03-04 10:15:00.5+01' as at, 7::bigint as count,
        date '2026-03-04' as day, timestamptz 'infinity' as never`),
    );
    expect(rows).toEqual([
      { at: '2026-03-04T09:15:00.500Z', count: 7, day: '2026-03-04', never: 'infinity' },
    ]);
  });

  it('calls passing trouble transient', async () => {
    const database = fixture.open({ timeouts: { statementMs: 50 } });
    const slow = database.worker((tx) => tx.query('select pg_sleep(60)'));
    await expect(slow).rejects.toThrow(TransientError);
    const gone = fixture.open({ url: 'postgres://nobody@127.0.0.1:1/none' });
    await expect(gone.worker(async () => undefined)).rejects.toThrow(TransientError);
  });
});

function setUp() {
  const { database } = fixture;
  const store = new PostgresEventStore(database);
  return { database, store, tenantId: newTenant(), streamId: newStream() };
}
