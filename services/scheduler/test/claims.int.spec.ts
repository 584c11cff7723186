import { hourMs, instant, minuteMs, plus } from '@overture/kernel';
import { action, always, monday, report, tenantId, World } from './world.js';

describe('Claiming', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
    await world.open('i-1');
  });

  it('takes one action of an identity at a time, with its use and its event', async () => {
    await world.plan(action('e1.1.0'), action('e2.1.0'));
    expect(await world.claim()).toMatchObject({ claimed: 1 });
    expect(await world.claims()).toMatchObject([{ action_id: 'e1.1.0', epoch: 1 }]);
    expect(await world.uses()).toMatchObject([{ action_id: 'e1.1.0', used_at: monday }]);
    expect(await world.events('e1.1.0')).toEqual(['ActionClaimed']);
    expect(await world.waiting()).toEqual(['e2.1.0']);
    world.pass(hourMs);
    expect(await world.claim()).toMatchObject({ visited: 0 });
  });

  it('spaces the next one from the ledger, not from the outcome (F028)', async () => {
    await world.plan(action('e1.1.0'), action('e2.1.0'));
    await world.claim();
    await world.news(report('accepted', 'e1.1.0'));
    expect(await world.claim()).toMatchObject({ claimed: 0 });
    world.pass(5 * minuteMs);
    expect(await world.claim()).toMatchObject({ claimed: 1 });
  });

  it('lets follow-ups go before new leads (F020)', async () => {
    await world.plan(
      action('e1.0.0', { priority: 20, firstTouch: true }),
      action('e2.1.0', { dueAt: plus(monday, 5 * minuteMs) }),
    );
    world.pass(10 * minuteMs);
    await world.claim();
    expect(await world.claims()).toMatchObject([{ action_id: 'e2.1.0' }]);
  });

  it('keeps 30 minutes between first contacts (S2-34)', async () => {
    const first = { priority: 20, firstTouch: true };
    await world.plan(action('e1.0.0', first), action('e2.0.0', first));
    await world.claim();
    await world.news(report('accepted', 'e1.0.0'));
    world.pass(29 * minuteMs);
    expect(await world.claim()).toMatchObject({ claimed: 0 });
    // Up to 45 s more, drawn from the one before.
    world.pass(2 * minuteMs);
    expect(await world.claim()).toMatchObject({ claimed: 1 });
  });

  it("waits for working hours in the lead's zone (S4-42)", async () => {
    const office = {
      ...always,
      windows: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' }],
    };
    await world.open('i-1', 'c-2', office);
    const tokyo = { campaignId: 'c-2', zone: 'Asia/Tokyo' };
    await world.plan(action('e1.1.0', tokyo));
    expect(await world.claim()).toMatchObject({ claimed: 0, visited: 1 });
    expect(await world.due.nextVisitAt()).toBe('2026-03-03T00:00:00.000Z');
    world.now = instant('2026-03-03T00:00:00.000Z');
    expect(await world.claim()).toMatchObject({ claimed: 1 });
  });

  it('names the time a full cap has room again, and locks nothing until then (S3-35, F030)', async () => {
    const actions = Array.from({ length: 32 }, (_, n) => action(`e${n}.1.0`));
    await world.plan(...actions);
    for (let n = 0; n < 30; n++) {
      expect(await world.claim()).toMatchObject({ claimed: 1 });
      const [claim] = await world.claims();
      await world.news(report('accepted', claim?.action_id ?? ''));
      world.pass(5 * minuteMs);
    }
    expect(await world.claim()).toMatchObject({ claimed: 0 });
    expect(await world.claim()).toMatchObject({ visited: 0 });
    expect(await world.due.nextVisitAt()).toBe(plus(monday, 24 * hourMs + 15 * minuteMs));
    expect(await world.waiting()).toHaveLength(2);
    const { kinds } = await world.views.budget(tenantId, 'i-1', world.now);
    const message = { kind: 'message', used24h: 30, cap24h: 30, waiting: 2, nextReason: 'cap_24h' };
    expect(kinds).toContainEqual(expect.objectContaining(message));
  });

  it('does nothing for an identity nobody has added yet, and wakes with it', async () => {
    await world.plan(action('e1.1.0', { identityId: 'i-2' }));
    expect(await world.claim()).toMatchObject({ visited: 0, claimed: 0 });
    await world.open('i-2');
    expect(await world.claim()).toMatchObject({ claimed: 1 });
  });

  it('does nothing for a campaign that is not launched yet, and wakes with it', async () => {
    await world.plan(action('e1.1.0', { campaignId: 'c-9' }));
    expect(await world.claim()).toMatchObject({ visited: 1, claimed: 0 });
    expect(await world.claim()).toMatchObject({ visited: 0, claimed: 0 });
    await world.open('i-1', 'c-9');
    expect(await world.claim()).toMatchObject({ claimed: 1 });
  });

  it('of one workspace leaves the others alone (P10)', async () => {
    await world.plan(action('e1.1.0'));
    const visitsMax = 10;
    const other = await world.database.worker((tx) =>
      world.due.lock(tx, { now: world.now, visitsMax, tenantId: 'another' }),
    );
    expect(other).toEqual([]);
  });
});
