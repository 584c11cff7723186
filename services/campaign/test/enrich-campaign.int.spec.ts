import { hourMs, instant, plus, TransientError } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { cancelEnrichment } from '../src/app/enrichment-view.js';
import { loseLogin, restoreLogin } from '../src/app/identity-gates.js';
import { readProfiles } from '../src/app/run-enrichments.js';
import { EnrichStage } from './enrich-stage.js';
import { person } from './world.js';

const stage = new EnrichStage();
const names = ['Ada', 'Bea', 'Cleo', 'Dora'];

const begin = async (more: object = {}) => {
  const { campaignId, leadIds } = await stage.campaign(...names);
  return { campaignId, leadIds, begun: await stage.start({ campaignId, ...more }) };
};

describe('The profiles of a campaign, read again', () => {
  it('are told before: how many, how many not, what it costs and when it can be through (F050)', async () => {
    const { campaignId, leadIds } = await stage.campaign(...names);
    await stage.start({ leadId: leadIds[1] ?? '' });
    await stage.read();
    const begun = await stage.start({ campaignId });
    expect(begun).toMatchObject({ status: 'reading', toRead: 3, fresh: 1, read: 0, cost: 0 });
    expect(begun.earliestEnd).toBe(plus(begun.createdAt, 60_000));
    await stage.read();
    expect(await stage.view(begun)).toMatchObject({
      status: 'ended',
      reason: 'complete',
      read: 3,
      renewed: 3,
      cost: 3,
    });
    expect(stage.world.profiles.asked).toHaveLength(4);
  });

  it('are read one lead at a time, and whoever came later is not among them (F050)', async () => {
    const { begun, campaignId, leadIds } = await begin();
    await stage.read(2);
    expect(await stage.view(begun)).toMatchObject({
      reason: 'pace',
      read: 2,
      afterLeadId: leadIds[1],
    });
    const { ports, caller } = stage.world;
    await addLeads(ports, caller, { campaignId, leads: [person('Zoe')] });
    await stage.read();
    expect(await stage.view(begun)).toMatchObject({ reason: 'complete', read: 4, cost: 4 });
  });

  it('go on behind whoever cannot be opened (F050, S4-33)', async () => {
    const { begun } = await begin();
    stage.world.profiles.instead.push({ outcome: 'refused', cause: 'not_accessible' });
    await stage.read();
    expect(await stage.view(begun)).toMatchObject({ read: 3, notAccessible: 1, cost: 3 });
  });

  it('end for all when the account can do nothing more (F050)', async () => {
    const { begun } = await begin();
    stage.world.profiles.instead.push({ outcome: 'refused', cause: 'restricted' });
    await stage.read();
    expect(await stage.view(begun)).toMatchObject({
      status: 'ended',
      reason: 'restricted',
      read: 0,
    });
  });

  it('cost a read whose answer was lost, and nothing while nobody can be asked (F050)', async () => {
    const { begun } = await begin();
    const nextAt = plus(begun.createdAt, hourMs);
    stage.world.profiles.instead.push(new TransientError('away'), {
      outcome: 'wait',
      cause: 'provider',
      counted: true,
      nextAt,
    });
    await stage.read(1);
    expect(await stage.view(begun)).toMatchObject({ reason: 'provider', cost: 0 });
    await stage.read(1);
    expect(await stage.view(begun)).toMatchObject({ reason: 'provider', cost: 1, nextAt });
    await stage.read();
    expect(await stage.view(begun)).toMatchObject({ reason: 'complete', read: 4, cost: 5 });
  });

  it('wait for a lost login and go on when it is back (F050, S4-34)', async () => {
    const { begun } = await begin();
    const { ports, caller } = stage.world;
    const inWorkspace = (work: (scope: never) => Promise<unknown>) =>
      ports.database.tenant(caller.tenantId, (tx) => work({ ...caller, tx } as never));
    await inWorkspace((scope) =>
      loseLogin(ports, scope, { identityId: 'identity-1', generation: 0 }),
    );
    const never = instant('2027-01-01T00:00:00Z');
    stage.world.profiles.instead.push({
      outcome: 'wait',
      cause: 'login',
      counted: false,
      nextAt: never,
    });
    await readProfiles(ports);
    expect(await stage.view(begun)).toMatchObject({ reason: 'login', nextAt: never });
    await inWorkspace((scope) =>
      restoreLogin(ports, scope, { identityId: 'identity-1', generation: 1 }),
    );
    expect(await stage.view(begun)).toMatchObject({ nextAt: stage.world.clock.now() });
    await stage.read();
    expect(await stage.view(begun)).toMatchObject({ reason: 'complete', read: 4, cost: 4 });
  });

  it('keep nothing twice when two processes read the same one, and go on after a crash (F050, P1)', async () => {
    const { begun } = await begin();
    const { ports, profiles, clock } = stage.world;
    profiles.meanwhile = async () => {
      profiles.meanwhile = undefined;
      clock.set({ mode: 'virtual', now: plus(clock.now(), hourMs) });
      await readProfiles(ports);
    };
    await readProfiles(ports);
    expect(profiles.asked).toHaveLength(2);
    expect(await stage.view(begun)).toMatchObject({ read: 1, cost: 1, turns: 1 });
    profiles.instead.push(new Error('killed'));
    clock.set({ mode: 'virtual', now: plus(clock.now(), hourMs) });
    await expect(readProfiles(ports)).rejects.toThrow('killed');
    await stage.read();
    expect(await stage.view(begun)).toMatchObject({ reason: 'complete', read: 4 });
  });

  it('are left where they are by whoever cancels, also while one is read (F050)', async () => {
    const { begun } = await begin();
    const { ports, caller, profiles } = stage.world;
    await stage.read(1);
    profiles.meanwhile = () => cancelEnrichment(ports, caller, begun.enrichmentId);
    await stage.read();
    expect(await stage.view(begun)).toMatchObject({
      status: 'ended',
      reason: 'cancelled',
      read: 1,
    });
    const again = await cancelEnrichment(ports, caller, begun.enrichmentId);
    expect(again).toMatchObject({ status: 'ended', reason: 'cancelled' });
  });
});
