import { hourMs, minuteMs, plus } from '@overture/kernel';
import { action, monday, report, tenantId, World } from './world.js';

describe('The timetable', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
    await world.open('i-1');
  });

  it('holds an action once, however often it is planned', async () => {
    await world.plan(action('e1.1.0'));
    await world.plan(action('e1.1.0'));
    expect(await world.waiting()).toEqual(['e1.1.0']);
  });

  it('moves an action that is planned for another time', async () => {
    await world.plan(action('e1.1.0', { dueAt: plus(monday, 5 * hourMs) }));
    await world.claim();
    await world.plan(action('e1.1.0', { dueAt: plus(monday, hourMs) }));
    expect(await world.due.nextVisitAt()).toBe(plus(monday, hourMs));
  });

  it('forgets what is dropped in the same transaction it was planned in', async () => {
    await world.change((changes) => {
      changes.plan(action('e1.1.0'));
      changes.plan(action('e2.1.0'));
      changes.dropEnrollment({ identityId: 'i-1', enrollmentId: 'e1' });
    });
    expect(await world.waiting()).toEqual(['e2.1.0']);
  });

  it('keeps what is planned again after it was dropped', async () => {
    await world.plan(action('e1.1.0'));
    await world.change((changes) => {
      changes.dropAction({ identityId: 'i-1' }, 'e1.1.0');
      changes.plan(action('e1.1.0'));
    });
    expect(await world.waiting()).toEqual(['e1.1.0']);
  });

  it('cancels all of a lead and nothing of others (S1-13)', async () => {
    await world.plan(...['e1.1.0', 'e1.2.0', 'e10.1.0', 'e2.1.0'].map((id) => action(id)));
    await world.change((changes) =>
      changes.dropEnrollment({ identityId: 'i-1', enrollmentId: 'e1' }),
    );
    expect(await world.waiting()).toEqual(['e10.1.0', 'e2.1.0']);
  });

  it('plans nothing twice that is in flight; wanted again, it comes back (P4)', async () => {
    await world.plan(action('e1.1.0'));
    await world.claim();
    await world.change((changes) =>
      changes.dropEnrollment({ identityId: 'i-1', enrollmentId: 'e1' }),
    );
    await world.plan(action('e1.1.0'));
    expect(await world.waiting()).toEqual([]);
    await world.news(report('released', 'e1.1.0', { cause: 'action/not-due' }));
    expect(await world.waiting()).toEqual(['e1.1.0']);
  });

  it('lets the epoch of an action grow for ever, also when it is planned anew', async () => {
    await world.plan(action('e1.1.0'));
    await world.claim();
    await world.news(report('accepted', 'e1.1.0'));
    world.pass(hourMs);
    await world.plan(action('e1.1.0', { dueAt: world.now }));
    await world.claim();
    expect(await world.claims()).toMatchObject([{ epoch: 3 }]);
  });

  it('keeps a paused lead out of its queue, and its place in it', async () => {
    const pause = { identityId: 'i-1', enrollmentId: 'e1', pauseId: 'p-1' };
    await world.plan(action('e1.1.0'), action('e2.1.0', { dueAt: plus(monday, minuteMs) }));
    await world.change((changes) => changes.pauseEnrollment({ ...pause, open: true }));
    world.pass(minuteMs);
    await world.claim();
    expect(await world.claims()).toMatchObject([{ action_id: 'e2.1.0' }]);
    await world.news(report('accepted', 'e2.1.0'));
    await world.change((changes) => changes.pauseEnrollment({ ...pause, open: false }));
    world.pass(hourMs);
    await world.claim();
    expect(await world.claims()).toMatchObject([{ action_id: 'e1.1.0' }]);
  });

  it('waits for the last of several pauses of a lead (I8)', async () => {
    const pause = (pauseId: string, open: boolean) =>
      world.change((changes) =>
        changes.pauseEnrollment({ identityId: 'i-1', enrollmentId: 'e1', pauseId, open }),
      );
    await pause('p-1', true);
    await pause('p-2', true);
    await world.plan(action('e1.1.0'));
    await pause('p-1', false);
    expect(await world.claim()).toMatchObject({ claimed: 0 });
    await pause('p-2', false);
    expect(await world.claim()).toMatchObject({ claimed: 1 });
  });

  it('lists what waits in the order it is due, page after page (F042)', async () => {
    const due = (minutes: number) => plus(monday, minutes * minuteMs);
    await world.plan(
      action('e3.1.0', { dueAt: due(30) }),
      action('e1.1.0', { dueAt: due(10), priority: 20, firstTouch: true }),
      action('e2.1.0', { dueAt: due(20), kind: 'connect' }),
    );
    const first = await world.views.entries({ tenantId, identityId: 'i-1', limit: 2 });
    expect(first.map(({ actionId }) => actionId)).toEqual(['e1.1.0', 'e2.1.0']);
    const [, after] = first;
    const query = { tenantId, campaignId: 'c-1', limit: 2, ...(after && { after }) };
    expect(await world.views.entries(query)).toMatchObject([
      { actionId: 'e3.1.0', nextAt: due(30), reason: 'not_before' },
    ]);
  });

  it('shows what is claimed, held and shut as such', async () => {
    await world.plan(action('e1.1.0'), action('e2.1.0'), action('e3.1.0'));
    await world.claim();
    const pause = { identityId: 'i-1', enrollmentId: 'e2', pauseId: 'p-1', open: true };
    await world.change((changes) => changes.pauseEnrollment(pause));
    const list = () => world.views.entries({ tenantId, identityId: 'i-1', limit: 9 });
    expect(await list()).toMatchObject([
      { actionId: 'e1.1.0', status: 'claimed' },
      { actionId: 'e2.1.0', status: 'waiting', reason: 'enrollment_paused' },
      { actionId: 'e3.1.0', status: 'waiting' },
    ]);
    const news = { type: 'login_lost', generation: 1 } as const;
    await world.change((changes) => changes.identity('i-1', news));
    const [, , last] = await list();
    expect(last).toMatchObject({ reason: 'auth_expired' });
    expect(last).not.toHaveProperty('nextAt');
  });
});
