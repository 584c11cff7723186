import { hourMs, instant, minuteMs, plus } from '@overture/kernel';
import { action, monday, report, tenantId, World } from './world.js';

describe('What the sender reports', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
    await world.open('i-1');
    await world.plan(action('e1.1.0'), action('e2.1.0'));
    await world.claim();
  });

  it('closes the claim and keeps the use when the provider took it', async () => {
    await world.news(report('reserved', 'e1.1.0'), report('accepted', 'e1.1.0'));
    expect(await world.claims()).toEqual([]);
    expect(await world.uses()).toHaveLength(1);
    expect(await world.events('e1.1.0')).toEqual(['ActionClaimed', 'ClaimClosed']);
  });

  it('changes nothing when it is reported again (P3)', async () => {
    await world.news(report('accepted', 'e1.1.0'));
    await world.news(report('accepted', 'e1.1.0'), report('reserved', 'e1.1.0'));
    expect(await world.events('e1.1.0')).toEqual(['ActionClaimed', 'ClaimClosed']);
    expect(await world.uses()).toHaveLength(1);
  });

  it('gives the use back and puts the action back when nothing was sent', async () => {
    await world.news(report('released', 'e1.1.0', { cause: 'action/not-due' }));
    expect(await world.uses()).toEqual([]);
    expect(await world.waiting()).toEqual(['e1.1.0', 'e2.1.0']);
    expect(await world.events('e1.1.0')).toEqual(['ActionClaimed', 'ClaimGivenBack']);
    expect(await world.claim()).toMatchObject({ claimed: 1 });
    expect(await world.claims()).toMatchObject([{ action_id: 'e2.1.0' }]);
  });

  it('claims it again under a higher epoch (P4)', async () => {
    const retryAt = plus(monday, minuteMs);
    await world.news(report('released', 'e1.1.0', { cause: 'window/closed', retryAt }));
    await world.change((changes) => changes.dropAction({ identityId: 'i-1' }, 'e2.1.0'));
    world.pass(minuteMs);
    await world.claim();
    expect(await world.claims()).toMatchObject([{ action_id: 'e1.1.0', epoch: 3 }]);
    const { rows } = await world.database.worker((tx) =>
      tx.query(`select version from events where stream_id = 'claim-e1.1.0' and type = $1`, [
        'ActionClaimed',
      ]),
    );
    expect(rows).toEqual([{ version: 1 }, { version: 3 }]);
  });

  it('lets the identity go on while an unclear outcome is read back, and keeps its use', async () => {
    await world.news(report('unknown', 'e1.1.0'));
    expect(await world.claims()).toMatchObject([{ state: 'settling' }]);
    world.pass(10 * minuteMs);
    expect(await world.claim()).toMatchObject({ claimed: 1 });
    expect(await world.uses()).toHaveLength(2);
  });

  it('gives an older use back without a hole in the ledger (P08)', async () => {
    await world.news(report('unknown', 'e1.1.0'));
    world.pass(10 * minuteMs);
    await world.claim();
    await world.news(report('absent', 'e1.1.0', { at: world.now }));
    const ordinals = await world.rows('select ordinal, action_id from uses');
    expect(ordinals).toEqual([{ ordinal: 1, action_id: 'e2.1.0' }]);
    expect(await world.waiting()).toEqual(['e1.1.0']);
  });

  it('counts an effect that is seen after its use was given back', async () => {
    await world.news(report('absent', 'e1.1.0'));
    await world.change((changes) => {
      changes.attempt(report('confirmed', 'e1.1.0'));
      changes.countLate({ identityId: 'i-1', kind: 'message', actionId: 'e1.1.0' });
    });
    expect(await world.uses()).toMatchObject([{ action_id: 'e1.1.0' }]);
  });

  it('holds the whole lane until the time the provider named (F030, S4-29)', async () => {
    const retryAt = plus(monday, 5 * hourMs);
    await world.news(report('rejected', 'e1.1.0', { cause: 'LIMIT_REACHED', retryAt }));
    expect(await world.uses()).toEqual([]);
    await world.claim();
    expect(await world.due.nextVisitAt()).toBe(retryAt);
    const entries = await world.views.entries({ tenantId, actionIds: ['e2.1.0'], limit: 5 });
    expect(entries).toMatchObject([{ nextAt: retryAt, reason: 'LIMIT_REACHED' }]);
  });

  it('rests longer with every 429 in a row (F031, S4-36)', async () => {
    const limited = (epoch: number) =>
      report('rejected', 'e1.1.0', { cause: 'STATUS_429', epoch, at: world.now });
    await world.change((changes) => changes.dropAction({ identityId: 'i-1' }, 'e2.1.0'));
    await world.news(limited(1));
    world.pass(15 * minuteMs);
    await world.claim();
    await world.news(limited(3));
    await world.claim();
    expect(await world.due.nextVisitAt()).toBe(plus(world.now, 30 * minuteMs));
  });

  it('puts back nothing that the campaign has dropped meanwhile', async () => {
    await world.change((changes) =>
      changes.dropEnrollment({ identityId: 'i-1', enrollmentId: 'e1' }),
    );
    expect(await world.claims()).toMatchObject([{ action_id: 'e1.1.0', dropped: true }]);
    await world.news(report('released', 'e1.1.0', { cause: 'enrollment/replied' }));
    expect(await world.waiting()).toEqual(['e2.1.0']);
    expect(await world.uses()).toEqual([]);
  });

  it('does not put back what the campaign has not planned any more', async () => {
    await world.news(report('released', 'e1.1.0', { cause: 'action/not-planned' }));
    expect(await world.waiting()).toEqual(['e2.1.0']);
    expect(await world.uses()).toEqual([]);
  });

  it('ignores an older claim that the sender gave up for a newer one', async () => {
    await world.endLeases();
    expect(await world.expired.offerAgain(world.now)).toMatchObject([{ epoch: 2 }]);
    await world.news(
      report('released', 'e1.1.0', { cause: 'superseded' }),
      report('reserved', 'e1.1.0', { epoch: 2 }),
    );
    expect(await world.claims()).toMatchObject([{ epoch: 2, state: 'taken' }]);
    await world.news(report('accepted', 'e1.1.0', { epoch: 2 }));
    expect(await world.claims()).toEqual([]);
  });

  it('believes the outcome of an attempt that outlived its lease', async () => {
    await world.endLeases();
    await world.expired.offerAgain(world.now);
    await world.news(report('accepted', 'e1.1.0', { epoch: 1 }));
    expect(await world.claims()).toEqual([]);
    expect(await world.uses()).toHaveLength(1);
  });

  it('offers no claim again that somebody has taken', async () => {
    await world.news(report('reserved', 'e1.1.0'));
    await world.endLeases();
    expect(await world.expired.offerAgain(world.now)).toEqual([]);
  });

  it('offers the same use again, not a second one', async () => {
    await world.endLeases();
    await world.expired.offerAgain(world.now);
    expect(await world.uses()).toHaveLength(1);
    expect(await world.events('e1.1.0')).toEqual(['ActionClaimed', 'ActionClaimed']);
  });

  it('never bursts after the clock jumped (F040)', async () => {
    await world.news(report('accepted', 'e1.1.0'));
    await world.plan(...['e3.1.0', 'e4.1.0', 'e5.1.0'].map((id) => action(id)));
    world.now = instant('2026-03-09T10:00:00.000Z');
    expect(await world.claim()).toMatchObject({ claimed: 1 });
    const [claim] = await world.claims();
    await world.news(report('accepted', claim?.action_id ?? '', { at: world.now }));
    expect(await world.claim()).toMatchObject({ claimed: 0 });
  });
});
