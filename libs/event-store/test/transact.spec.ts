import fc from 'fast-check';
import { DomainError, fold } from '@overture/kernel';
import { ConflictError, InMemoryEventStore, transact, type AppendRequest } from '../src/index.js';
import { counted, counter, fixedClock, newStream, newTenant } from './fixtures.js';

const subject = () => ({ tenantId: newTenant(), streamId: newStream() });

describe('Running a decision', () => {
  it('appends what was decided, with who caused it', async () => {
    const store = new InMemoryEventStore(fixedClock);
    const stream = { ...subject(), meta: { causationId: 'e-9' } };
    const events = await transact(store, counter, stream, 2);
    expect(events).toMatchObject([
      { type: 'Counted', data: { n: 1 }, version: 1, meta: { causationId: 'e-9' } },
      { type: 'Counted', data: { n: 2 }, version: 2, meta: { causationId: 'e-9' } },
    ]);
  });

  it('writes nothing when nothing is decided', async () => {
    const store = new InMemoryEventStore(fixedClock);
    expect(await transact(store, counter, subject(), 0)).toEqual([]);
  });

  it('decides again on fresh state when another writer was faster', async () => {
    const stream = subject();
    const store = new BusyStore(2);
    const events = await transact(store, counter, stream, 1);
    expect(events.map(({ data }) => data)).toEqual([{ n: 3 }]);
  });

  it('gives up after five attempts', async () => {
    const store = new BusyStore(9);
    await expect(transact(store, counter, subject(), 1)).rejects.toThrow(ConflictError);
    expect(store.tries).toBe(5);
  });

  it('passes a refusal on at once', async () => {
    const refusal = new DomainError('counter/closed', 'The counter is closed.');
    const closed = {
      ...counter,
      decide: () => {
        throw refusal;
      },
    };
    const store = new InMemoryEventStore(fixedClock);
    await expect(transact(store, closed, subject(), 1)).rejects.toBe(refusal);
  });
});

describe('A history', () => {
  it('folded in pieces is the same as folded at once (P2)', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }),
        async (pieces) => {
          const store = new InMemoryEventStore(fixedClock);
          const stream = subject();
          let state = counter.initialState;
          for (const count of pieces) {
            for (const event of await transact(store, counter, stream, count)) {
              state = counter.evolve(state);
              expect(event.data).toEqual({ n: state });
            }
          }
          const { events, version } = await store.read(stream.tenantId, stream.streamId);
          expect(fold(counter, events)).toBe(state);
          expect(version).toBe(state);
        },
      ),
      { seed: 20_261_121 },
    ));
});

/** A store in which somebody else appends just before each of the first appends. */
class BusyStore extends InMemoryEventStore {
  tries = 0;

  constructor(private readonly interruptions: number) {
    super(fixedClock);
  }

  override async append(request: AppendRequest) {
    if (this.tries++ < this.interruptions) {
      const events = counted(1, request.expectedVersion + 1);
      await super.append({ ...request, events });
    }
    return super.append(request);
  }
}
