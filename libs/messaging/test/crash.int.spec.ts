import { waitFor } from '@overture/testing';
import { RunHandler, type Attempted, type AttemptOptions } from '../src/run-handler.js';
import type { StreamRun } from '../src/stream-run.js';
import { Bed, follower, owner, quick, range, settled, writeDown, type Replica } from './bed.js';

type Attempt = RunHandler['attempt'];

const original = Object.getOwnPropertyDescriptor(RunHandler.prototype, 'attempt')?.value as Attempt;

/** Replaces how every consumer of this file handles a batch, until the next test. */
function handleInstead(
  attempt: (self: RunHandler, ...args: Parameters<Attempt>) => ReturnType<Attempt>,
) {
  RunHandler.prototype.attempt = function replaced(this: RunHandler, ...args: Parameters<Attempt>) {
    return attempt(this, ...args);
  };
}

afterEach(() => {
  RunHandler.prototype.attempt = original;
});

const never = new Promise<never>(() => undefined);

async function runs(
  bed: Bed,
  crash: (replica: () => Replica) => void,
  events = 20,
): Promise<number[]> {
  const publisher = await bed.start(owner, { publishes: true });
  const victims: Replica[] = [];
  crash(() => victims[0] as Replica);
  victims.push(await bed.start(follower, { on: writeDown, tuning: quick }));
  await bed.append('enrollment-1', range(1, events));
  await waitFor(() => victims[0]?.nats.isClosed(), { what: 'the crash' });
  RunHandler.prototype.attempt = original;
  await settled(publisher, await bed.start(follower, { on: writeDown, tuning: quick }));
  return bed.versionsSeen('enrollment-1');
}

describe('A consumer that dies', () => {
  it('between commit and acknowledgement: the repeat changes nothing (P3)', async () => {
    const seen = await runs(await Bed.make(), (victim) =>
      handleInstead(async (self, ...args) => {
        await original.apply(self, args);
        await victim().kill();
        return never;
      }),
    );
    expect(seen).toEqual(range(1, 20));
  });

  it('in the middle of its transaction: the events come again (P3)', async () => {
    const seen = await runs(await Bed.make(), (victim) =>
      handleInstead(async (self, tenantId, all: readonly StreamRun[], options: AttemptOptions) => {
        void victim().kill();
        return original.call(self, tenantId, all, options).catch(() => never);
      }),
    );
    expect(seen).toEqual(range(1, 20));
  });

  it('having acknowledged before the commit loses events: this suite would notice', async () => {
    const crash = (victim: () => Replica) =>
      handleInstead(async (_self, _tenantId, all: readonly StreamRun[]): Promise<Attempted[]> => {
        for (const { entries } of all) {
          for (const { deliveries } of entries) deliveries.forEach((delivery) => delivery.ack());
        }
        await victim().nats.flush();
        await victim().kill();
        return never;
      });
    // A single event: a later one of the stream would show the hole, and the hole would be read from the store.
    expect(await runs(await Bed.make(), crash, 1)).toEqual([]);
  });
});
