import { minuteMs } from '@overture/kernel';
import { action, report, World } from './world.js';

const tables = [
  'identities',
  'campaigns',
  'queues',
  'planned_actions',
  'settling_claims',
  'uses',
  'lanes',
];

/** How many row versions all tables hold that were written since `since`. */
async function rowsWritten(world: World, since: string): Promise<number> {
  const counts = await Promise.all(
    tables.map(async (table) => {
      const sql = `select count(*)::int as n from ${table} where xmin::text::bigint >= $1::bigint`;
      const [row] = await world.rows<{ n: number }>(sql, [since]);
      return row?.n ?? 0;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function nextTransaction(world: World): Promise<string> {
  const [row] = await world.rows<{ xid: string }>('select pg_current_xact_id()::text as xid');
  return row?.xid ?? '0';
}

describe('A gate', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
    await world.open('i-1');
  });

  it.each([
    ['an identity', 3],
    ['an identity', 3_000],
    ['a campaign', 3],
    ['a campaign', 3_000],
  ])('of %s with %i waiting actions is shut by writing one row (P7)', async (what, waiting) => {
    await world.plan(...Array.from({ length: waiting }, (_, n) => action(`e${n}.1.0`)));
    const since = await nextTransaction(world);
    await world.change((changes) =>
      what === 'a campaign'
        ? changes.campaign('c-1', { type: 'paused', cause: 'by hand' })
        : changes.identity('i-1', { type: 'paused', cause: 'by hand' }),
    );
    expect(await rowsWritten(world, since)).toBe(1);
    expect(await world.claim()).toMatchObject({ claimed: 0 });
  });

  it('of an identity opens onto the same plan, paced (P22)', async () => {
    await world.plan(action('e1.1.0'), action('e2.1.0'));
    await world.change((changes) => changes.identity('i-1', { type: 'login_lost', generation: 1 }));
    expect(await world.claim()).toMatchObject({ visited: 0, claimed: 0 });
    await world.change((changes) =>
      changes.identity('i-1', { type: 'login_restored', generation: 2 }),
    );
    expect(await world.claim()).toMatchObject({ claimed: 1 });
    await world.news(report('accepted', 'e1.1.0'));
    expect(await world.claim()).toMatchObject({ claimed: 0 });
  });

  it('stays open when an older login is reported lost (S4-22)', async () => {
    await world.plan(action('e1.1.0'));
    await world.change((changes) => {
      changes.identity('i-1', { type: 'login_restored', generation: 3 });
      changes.identity('i-1', { type: 'login_lost', generation: 2 });
    });
    expect(await world.claim()).toMatchObject({ claimed: 1 });
  });

  it('of a campaign leaves the other campaigns of the identity alone', async () => {
    await world.open('i-1', 'c-2');
    await world.plan(action('e1.1.0'), action('e2.1.0', { campaignId: 'c-2' }));
    await world.change((changes) => changes.campaign('c-1', { type: 'paused', cause: '' }));
    await world.claim();
    expect(await world.claims()).toMatchObject([{ action_id: 'e2.1.0' }]);
  });

  it('of a campaign opens again for all its identities', async () => {
    await world.open('i-2');
    await world.plan(action('e1.1.0'), action('e2.1.0', { identityId: 'i-2' }));
    await world.change((changes) => changes.campaign('c-1', { type: 'paused', cause: '' }));
    await world.claim();
    await world.change((changes) => changes.campaign('c-1', { type: 'resumed' }));
    expect(await world.claim()).toMatchObject({ claimed: 2 });
  });

  it('shut while a claim is under way lets that one through, and no other (P5)', async () => {
    await world.plan(...Array.from({ length: 40 }, (_, n) => action(`e${n}.1.0`)));
    for (let round = 0; round < 20; round++) {
      let shut = false;
      const pausing = world
        .change((changes) => changes.identity('i-1', { type: 'paused', cause: 'by hand' }))
        .then(() => (shut = true));
      let claimedAfter = 0;
      while (!shut) await world.claimBatch(5);
      await pausing;
      claimedAfter += (await world.claim()).claimed;
      expect(claimedAfter).toBe(0);
      await world.change((changes) => changes.identity('i-1', { type: 'resumed' }));
      for (const { action_id, epoch } of await world.claims()) {
        await world.news(report('accepted', action_id, { epoch, at: world.now }));
      }
      world.pass(10 * minuteMs);
    }
    const busy = await world.rows('select busy_with from identities where busy_with is not null');
    expect(busy.length).toBeLessThanOrEqual(1);
  });
});
