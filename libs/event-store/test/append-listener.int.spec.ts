import { waitFor } from '@overture/testing';
import { AppendListener, PostgresEventStore, type BucketName } from '../src/index.js';
import {
  adminClient,
  counted,
  newStream,
  newTenant,
  schema,
  storeFixture,
  type StoreFixture,
} from './fixtures.js';

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await storeFixture();
});

describe('Who listens for appends', () => {
  it('is told which buckets have grown, by a store or by a transaction, and of nothing undone', async () => {
    const { heard, stop } = await listen();
    const [byStore, byTransaction, undone] = [newTenant(), newTenant(), newTenant()];
    const store = new PostgresEventStore(fixture.database);
    const request = { streamId: newStream(), events: counted(1), expectedVersion: 0 };
    await fixture.database
      .tenant(undone, async (tx) => {
        await tx.append(undone, newStream(), counted(1), 0);
        throw new Error('stop');
      })
      .catch(() => undefined);
    await store.append({ ...request, tenantId: byStore });
    await fixture.database.tenant(byTransaction, (tx) =>
      tx.append(byTransaction, newStream(), counted(1), 0),
    );
    await waitFor(() => heard.flat().length >= 2, { what: 'two wake-ups' });
    expect(heard.flat()).toEqual([
      { tenantId: byStore, bucket: 0 },
      { tenantId: byTransaction, bucket: 0 },
    ]);
    await stop();
  });

  it('is not told of buckets that somebody in the appending process publishes', async () => {
    const { heard, stop } = await listen();
    const [ours, theirs] = [newTenant(), newTenant()];
    const unsubscribe = fixture.database.notifier.subscribe(({ tenantId }) => tenantId === ours);
    const store = new PostgresEventStore(fixture.database);
    for (const tenantId of [ours, theirs]) {
      await store.append({
        tenantId,
        streamId: newStream(),
        events: counted(1),
        expectedVersion: 0,
      });
    }
    await waitFor(() => heard.length > 0, { what: 'a wake-up' });
    expect(heard.flat()).toEqual([{ tenantId: theirs, bucket: 0 }]);
    unsubscribe();
    await stop();
  });

  it('comes back when the connection breaks, and then looks everywhere', async () => {
    const { heard, stop } = await listen();
    const admin = await adminClient(fixture);
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = $1 and query ilike 'listen%'`,
      [`${schema}_app`],
    );
    await waitFor(() => heard.length > 0, { what: 'a wake-up for all buckets' });
    expect(heard).toEqual([[]]);
    await stop();
  });
});

/** A listener that is already there; what it heard since. */
async function listen() {
  const heard: (readonly BucketName[])[] = [];
  const listener = new AppendListener(fixture.database, (buckets) => heard.push(buckets));
  listener.start();
  await waitFor(() => heard.shift(), { what: 'the first wake-up' });
  return { heard, stop: () => listener.stop() };
}
