import { hourMs, minuteMs, plus } from '@overture/kernel';
import { action, always, monday, report, World } from './world.js';

const pause = { identityId: 'i-1', enrollmentId: 'e1', pauseId: 'p-1', open: true };

describe('An explanation (F055, F140)', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
    await world.open('i-1');
  });

  it('lists the rules in the order asked, and what would have to change, while an action waits', async () => {
    const dueAt = plus(monday, 3 * hourMs);
    await world.plan(action('e1.1.0', { dueAt }));
    const explained = await world.explain('e1.1.0');
    expect(explained).toMatchObject({ status: 'waiting', go: false, because: 'not_before' });
    expect(explained.rules.map(({ rule, passed }) => `${rule} ${passed}`)).toEqual([
      'workspace_gate true',
      'campaign_gate true',
      'identity_gate true',
      'breaker true',
      'provider_hold true',
      'not_before false',
    ]);
    expect(explained.nextAt).toBe(dueAt);
    expect(explained.change).toBe(`Its delay has to pass: it is due at ${dueAt}.`);
  });

  it('names the cap that is full, who set it, how much is used and the next place (F030)', async () => {
    await world.change((changes) =>
      changes.campaign('c-1', { type: 'capped', caps: { message: { per24h: 1 } } }),
    );
    await world.plan(action('e1.1.0'), action('e2.1.0'));
    await world.claim();
    await world.news(report('accepted', 'e1.1.0'));
    world.pass(hourMs);
    const explained = await world.explain('e2.1.0');
    const roomAt = plus(monday, 24 * hourMs + 15 * minuteMs);
    expect(explained).toMatchObject({ because: 'cap_24h', nextAt: roomAt });
    expect(explained.rules.at(-1)?.inputs).toMatchObject({ used: 1, cap: 1, by: 'campaign' });
    expect(explained.change).toContain('cap of 1 in 24 hours (set by campaign)');
  });

  it('names the gate that is shut, and nothing else is asked (P12)', async () => {
    await world.plan(action('e1.1.0'));
    await world.change((changes) => changes.identity('i-1', { type: 'login_lost', generation: 1 }));
    const explained = await world.explain('e1.1.0');
    expect(explained).toMatchObject({ because: 'identity_gate' });
    expect(explained).not.toHaveProperty('nextAt');
    expect(explained.change).toBe('The identity has to log in to LinkedIn again.');
  });

  it('says how many are before an action that could go by every rule', async () => {
    await world.plan(action('e1.1.0'), action('e2.1.0'), action('e3.1.0'));
    const explained = await world.explain('e3.1.0');
    expect(explained).toMatchObject({ go: true, because: 'in_line' });
    expect(explained.change).toMatch(/^Its turn has to come: 2 of its queue/);
  });

  it('says that somebody paused the lead (I8)', async () => {
    await world.plan(action('e1.1.0'));
    await world.change((changes) => changes.pauseEnrollment(pause));
    expect(await world.explain('e1.1.0')).toMatchObject({ go: false, because: 'paused_lead' });
  });

  it('says that the identity is busy with another action', async () => {
    await world.plan(action('e1.1.0'), action('e2.1.0'));
    await world.claim();
    expect(await world.explain('e2.1.0')).toMatchObject({ because: 'in_flight' });
  });

  it('takes the recorded decision of a claim again, whatever has changed since (M1)', async () => {
    await world.plan(action('e1.1.0'));
    await world.claim();
    expect(await world.explain('e1.1.0')).toMatchObject({ status: 'claimed', epoch: 1 });
    await world.news(report('accepted', 'e1.1.0'));
    world.pass(hourMs);
    await world.open('i-1', 'c-1', { ...always, daysOff: ['2026-03-02'] });
    await world.change((changes) => changes.identity('i-1', { type: 'paused', cause: 'by hand' }));
    const explained = await world.explain('e1.1.0');
    expect(explained).toMatchObject({ status: 'over', go: true, decidedAt: monday });
    expect(explained.rules).toHaveLength(20);
    expect(explained.rules.every(({ passed }) => passed)).toBe(true);
  });

  it('is not given for what was never planned', async () => {
    await expect(world.explain('e9.1.0')).rejects.toMatchObject({ code: 'action/not-found' });
  });
});
