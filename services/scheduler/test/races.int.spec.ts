import { dayMs, minuteMs, plus } from '@overture/kernel';
import { action, always, report, World, type ClaimRow } from './world.js';

const identities = ['i-1', 'i-2', 'i-3'];

async function accept(world: World, claims: readonly ClaimRow[]): Promise<void> {
  await world.news(
    ...claims.map(({ action_id, identity_id: identityId, epoch }) =>
      report('accepted', action_id, { identityId, epoch, at: world.now }),
    ),
  );
}

describe('Many at once', () => {
  it('never pass a cap, nor claim two of an identity, with 50 loops (P6)', async () => {
    const world = await World.make(50);
    for (const identityId of identities) await world.open(identityId);
    await world.plan(
      ...Array.from({ length: 120 }, (_, n) =>
        action(`e${n}.1.0`, { identityId: identities[n % 3] ?? '', kind: 'connect' }),
      ),
    );
    for (let slot = 0; slot < 20; slot++) {
      await Promise.all(Array.from({ length: 50 }, () => world.claimBatch(2)));
      const claims = await world.claims();
      const owners = claims.map((claim) => claim.identity_id);
      expect(new Set(owners).size).toBe(owners.length);
      await accept(world, claims);
      world.pass(6 * minuteMs);
    }
    const uses = await world.uses();
    for (const identityId of identities) {
      const own = uses.filter((use) => use.identity_id === identityId);
      expect(own).toHaveLength(15);
    }
  });

  it('lose no action, whatever opens, shuts and is planned at the same time (F040)', async () => {
    const world = await World.make(12);
    const total = 60;
    const planning = async (from: number) => {
      for (let n = from; n < total; n += 3) {
        const identityId = identities[n % 3] ?? '';
        await world.plan(action(`e${n}.1.0`, { identityId, campaignId: `c-${n % 2}` }));
      }
    };
    const opening = async () => {
      for (const identityId of identities) {
        await world.open(identityId, 'c-0');
        await world.change((changes) => changes.campaign('c-0', { type: 'paused', cause: '' }));
        await world.open(identityId, 'c-1');
        await world.change((changes) => changes.campaign('c-0', { type: 'resumed' }));
      }
    };
    const claiming = async () => {
      for (let n = 0; n < 40; n++) {
        await world.claimBatch(1 + (n % 3));
        await accept(world, await world.claims());
      }
    };
    await Promise.all([planning(0), planning(1), planning(2), opening(), claiming(), claiming()]);
    const claimed = await drain(world);
    expect(claimed).toBe(total);
  });

  it('cancel and claim the same actions without either failing (S1-13)', async () => {
    const world = await World.make(12);
    for (const identityId of identities) await world.open(identityId);
    const total = 90;
    await world.plan(
      ...Array.from({ length: total }, (_, n) =>
        action(`e${n}.1.0`, { identityId: identities[n % 3] ?? '' }),
      ),
    );
    const cancelling = Array.from({ length: total / 2 }, (_, n) => ({
      identityId: identities[(2 * n) % 3] ?? '',
      enrollmentId: `e${2 * n}`,
    }));
    const cancel = async (own: number) => {
      for (const enrollment of cancelling.filter((_, n) => n % 4 === own)) {
        await world.change((changes) => changes.dropEnrollment(enrollment));
      }
    };
    const claiming = async () => {
      for (let n = 0; n < 30; n++) {
        await world.claimBatch(2);
        // As campaign answers for whatever was cancelled.
        await world.news(
          ...(await world.claims()).map(({ action_id, identity_id: identityId, epoch }) => {
            const gone = Number(action_id.slice(1).split('.')[0]) % 2 === 0;
            const cause = 'action/not-planned';
            const type = gone ? 'released' : 'accepted';
            return report(type, action_id, { identityId, epoch, cause, at: world.now });
          }),
        );
        world.pass(6 * minuteMs);
      }
    };
    await Promise.all([cancel(0), cancel(1), cancel(2), cancel(3), claiming()]);
    const waiting = await world.waiting();
    expect(waiting.filter((id) => Number(id.slice(1).split('.')[0]) % 2 === 0)).toEqual([]);
    const used = (await world.uses()).map((use) => use.action_id);
    expect(used.length + waiting.length).toBe(total / 2);
  });

  it('write batches of the same identities in any order without a deadlock', async () => {
    const world = await World.make(12);
    for (const identityId of identities) await world.open(identityId, 'c-1', always);
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 10; round++) {
        const order = writer % 2 === 0 ? identities : [...identities].reverse();
        await world.change((changes) => {
          for (const identityId of order) {
            changes.plan(action(`e${writer}x${round}${identityId}.1.0`, { identityId }));
            const enrollmentId = `e${writer}x${round - 1}${identityId}`;
            changes.dropEnrollment({ identityId, enrollmentId });
          }
        });
      }
    });
    await Promise.all(writers);
    expect(await world.waiting()).toHaveLength(8 * identities.length);
  });
});

/** Lets every slot come; counts all that was ever claimed. */
async function drain(world: World): Promise<number> {
  for (let slot = 0; slot < 1_000; slot++) {
    await world.claim();
    await accept(world, await world.claims());
    const next = await world.due.nextVisitAt();
    if (next === undefined) break;
    world.now = next > world.now ? next : plus(world.now, dayMs);
  }
  return (await world.uses()).length;
}
