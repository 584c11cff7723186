import { EventStore, type AppendRequest, type AppendResult, type Upcasters } from '../src/index.js';
import { at, counted, newStream, newTenant } from './fixtures.js';

/** Makes an empty store, or at least one without the tenants of this suite. */
export type MakeStore = (upcasters?: Upcasters) => EventStore;

/** What every event store keeps; run by the one in PostgreSQL and by its twin in memory. */
export function eventStoreContract(name: string, make: MakeStore): void {
  describe(`${name}, appending`, () => appending(make));
  describe(`${name}, when writers meet`, () => conflicts(make));
  describe(`${name}, reading`, () => reading(make));
  describe(`${name}, keeping order`, () => order(make));
}

function appending(make: MakeStore): void {
  it('gives versions and positions from 1 without holes (P2)', async () => {
    const { store, append } = setUp(make);
    await append({ events: counted(2), expectedVersion: 0 });
    const result = appended(await append({ events: counted(1, 3), expectedVersion: 2 }));
    expect(result.version).toBe(3);
    expect(result.events).toMatchObject([{ version: 3, bucket: 0, position: 3 }]);
    expect(await versions(store, result.events[0]!)).toEqual([1, 2, 3]);
  });

  it('keeps what it was given: id, data, schema version and who caused it', async () => {
    const { store, append, tenantId, streamId } = setUp(make);
    const meta = {
      correlationId: 'c-1',
      causationId: 'e-0',
      traceparent: '00-a-b-01',
      actor: 'ann',
    };
    const data = { text: 'zażółć "\\" \n 𝄞 {}', list: [1, 2.5, null, true], deep: { none: [] } };
    const event = { type: 'Noted', data, id: 'e-1', schemaVersion: 4, meta };
    const { events } = appended(await append({ events: [event], expectedVersion: 0 }));
    const stored = {
      ...event,
      tenantId,
      streamId,
      version: 1,
      bucket: 0,
      position: 1,
      recordedAt: at,
    };
    expect(events).toEqual([stored]);
    expect((await store.read(tenantId, streamId)).events).toEqual([stored]);
  });

  it('answers with the events as they will be read', async () => {
    const { store, tenantId, streamId } = setUp(make);
    const requests = [0, 3].map((expectedVersion) => {
      return { tenantId, streamId, expectedVersion, events: counted(3, expectedVersion + 1) };
    });
    const answered = (await store.appendAll(requests)).flatMap((result) => appended(result).events);
    expect((await store.read(tenantId, streamId)).events).toEqual(answered);
  });

  it('names events by itself when nobody else does', async () => {
    const { append } = setUp(make);
    const { events } = appended(await append({ events: counted(3), expectedVersion: 0 }));
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    expect(events[0]?.id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('writes nothing for no events', async () => {
    const { store, append, tenantId, streamId } = setUp(make);
    expect(await append({ events: [], expectedVersion: 0 })).toMatchObject({ outcome: 'appended' });
    expect(await store.read(tenantId, streamId)).toEqual({ events: [], version: 0 });
  });

  it('appends to many streams at once, each by itself', async () => {
    const { store, tenantId } = setUp(make);
    const request = { tenantId, events: counted(2), expectedVersion: 0 };
    const requests = Array.from({ length: 50 }, () => ({ ...request, streamId: newStream() }));
    await store.append(requests[7]!);
    const results = await store.appendAll(requests);
    expect(results.map(({ outcome }) => outcome)).toEqual(
      requests.map((_, index) => (index === 7 ? 'conflict' : 'appended')),
    );
    expect(await positions(store, tenantId)).toEqual(upTo(100));
  });

  it('takes several requests for one stream in the order they come', async () => {
    const { store, tenantId, streamId } = setUp(make);
    const requests = [0, 2, 4].map((expectedVersion) => {
      const events = counted(2, expectedVersion + 1);
      return { tenantId, streamId, expectedVersion, events };
    });
    const results = await store.appendAll(requests);
    expect(results.map(({ outcome }) => outcome)).toEqual(['appended', 'appended', 'appended']);
    const { events } = await store.read<Counted>(tenantId, streamId);
    expect(events.map(({ data }) => data.n)).toEqual(upTo(6));
  });
}

function conflicts(make: MakeStore): void {
  it.each([1, 2, 7])('refuses version %i of a new stream', async (expectedVersion) => {
    const { append } = setUp(make);
    const result = await append({ events: counted(1), expectedVersion });
    expect(result).toEqual({ outcome: 'conflict', expectedVersion, version: 0 });
  });

  it.each([0, 1, 3])(
    'refuses version %i of a stream at 2 and writes nothing',
    async (expectedVersion) => {
      const { store, append, tenantId, streamId } = setUp(make);
      await append({ events: counted(2), expectedVersion: 0 });
      const result = await append({ events: counted(2), expectedVersion });
      expect(result).toEqual({ outcome: 'conflict', expectedVersion, version: 2 });
      expect((await store.read(tenantId, streamId)).version).toBe(2);
      expect(await positions(store, tenantId)).toEqual([1, 2]);
    },
  );

  it('lets exactly one of many win', async () => {
    const { store, append, tenantId, streamId } = setUp(make);
    const tries = upTo(40).map(() => append({ events: counted(1), expectedVersion: 0 }));
    const outcomes = (await Promise.all(tries)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1);
    expect((await store.read(tenantId, streamId)).version).toBe(1);
  });

  it('refuses an event id that is taken and lets the others through', async () => {
    const { store, tenantId, streamId } = setUp(make);
    const event = { type: 'Counted', data: { n: 1 }, id: 'e-1' };
    await store.append({ tenantId, streamId, events: [event], expectedVersion: 0 });
    const again = [event, ...counted(30)].map((each) =>
      store.append({ tenantId, streamId: newStream(), events: [each], expectedVersion: 0 }),
    );
    const settled = await Promise.allSettled(again);
    expect(settled[0]).toMatchObject({ status: 'rejected', reason: { name: 'ConflictError' } });
    expect(settled.slice(1).map(({ status }) => status)).toEqual(upTo(30).map(() => 'fulfilled'));
    expect(await positions(store, tenantId)).toEqual(upTo(31));
  });
}

function reading(make: MakeStore): void {
  it('reads a stream that does not exist as version 0', async () => {
    const { store, tenantId, streamId } = setUp(make);
    expect(await store.read(tenantId, streamId)).toEqual({ events: [], version: 0 });
  });

  it('walks a stream of any length page by page', async () => {
    const { store, append, tenantId, streamId } = setUp(make);
    await append({ events: counted(1_203), expectedVersion: 0 });
    const seen: number[] = [];
    for await (const { version } of store.iterate(tenantId, streamId, 3)) seen.push(version);
    expect(seen).toEqual(upTo(1_203).slice(2));
    expect((await store.read(tenantId, streamId)).version).toBe(1_203);
  });

  it('shows no tenant the events of another (P10)', async () => {
    const { store, append, streamId } = setUp(make);
    await append({ events: counted(1), expectedVersion: 0 });
    const other = newTenant();
    expect((await store.read(other, streamId)).events).toEqual([]);
    expect(await positions(store, other)).toEqual([]);
  });

  it('brings old events to the current schema version', async () => {
    const upcasters: Upcasters = {
      Named: {
        1: ({ name }: { name: string }) => ({
          first: name.split(' ')[0],
          last: name.split(' ')[1],
        }),
        2: (data: { first: string; last: string }) => ({ ...data, initial: data.first[0] }),
      },
    };
    const { store, append, tenantId, streamId } = setUp(make, upcasters);
    const old = { type: 'Named', data: { name: 'Ada Lovelace' }, schemaVersion: 1 };
    const current = { type: 'Named', data: { first: 'Ada', last: 'L', initial: 'A' } };
    await append({ events: [old, current], expectedVersion: 0 });
    const { events } = await store.read(tenantId, streamId);
    expect(events.map(({ schemaVersion, data }) => ({ schemaVersion, data }))).toEqual([
      { schemaVersion: 3, data: { first: 'Ada', last: 'Lovelace', initial: 'A' } },
      { schemaVersion: 3, data: { first: 'Ada', last: 'L', initial: 'A' } },
    ]);
  });
}

function order(make: MakeStore): void {
  it('pages a bucket by position', async () => {
    const { store, append, tenantId } = setUp(make);
    await append({ events: counted(7), expectedVersion: 0 });
    const bucket = { tenantId, bucket: 0 };
    const page = async (after: number) =>
      (await store.readBucket(bucket, after, 3)).map(({ position }) => position);
    expect([await page(0), await page(3), await page(6), await page(7)]).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7],
      [],
    ]);
  });

  it('counts the positions of each tenant for itself', async () => {
    const { store, append } = setUp(make);
    await append({ events: counted(3), expectedVersion: 0 });
    const tenantId = newTenant();
    await append({ tenantId, events: counted(2), expectedVersion: 0 });
    expect(await positions(store, tenantId)).toEqual([1, 2]);
  });
}

type Counted = { type: 'Counted'; data: { n: number } };

function setUp(make: MakeStore, upcasters: Upcasters = {}) {
  const store = make(upcasters);
  const tenantId = newTenant();
  const streamId = newStream();
  const append = (request: Partial<AppendRequest>) =>
    store.append({ tenantId, streamId, events: [], expectedVersion: 0, ...request });
  return { store, tenantId, streamId, append };
}

function appended(result: AppendResult) {
  if (result.outcome !== 'appended') throw new Error(`Expected appended, found ${result.outcome}.`);
  return result;
}

async function versions(
  store: EventStore,
  { tenantId, streamId }: { tenantId: string; streamId: string },
) {
  return (await store.read(tenantId, streamId)).events.map(({ version }) => version);
}

async function positions(store: EventStore, tenantId: string): Promise<number[]> {
  const events = await store.readBucket({ tenantId, bucket: 0 }, 0, 10_000);
  return events.map(({ position }) => position);
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
