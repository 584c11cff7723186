import { dayMs, hourMs, plus } from '@overture/kernel';
import { campaignStats, listActions } from '../src/app/campaign-stats.js';
import { intendAction } from '../src/app/intend-action.js';
import { getCampaign } from '../src/app/campaigns.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { recordAcceptance } from '../src/app/record-sightings.js';
import { addLeads } from '../src/app/add-leads.js';
import {
  inScope,
  later,
  monday,
  people,
  settle,
  sharingPeople,
  startWorld,
  type World,
} from './world.js';
import { accepted, sendingIn } from './sending.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world = await sharingPeople(world);
});

const { enrollmentOf, act, strangerIn, visitAndInvite } = sendingIn(() => world);

describe('A connector lead', () => {
  it('is visited, invited, waits for acceptance, is written to and is done (S2-42, S2-43, S2-44)', async () => {
    const { campaignId, leadId } = await strangerIn('Journey');
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'ready_to_connect' });
    await visitAndInvite(leadId);
    expect(await enrollmentOf(leadId)).toMatchObject({
      status: 'invited',
      reason: 'await_acceptance',
      deadlineAt: plus(monday, 21 * dayMs),
    });
    later(world, hourMs);
    const seen = {
      identityId: 'identity-1',
      leadId,
      acceptedAt: world.clock.now(),
      witness: 'sync',
      fingerprints: ['f-member'],
    };
    await inScope(world, (scope) => recordAcceptance(world.ports, scope, seen));
    const connected = await enrollmentOf(leadId);
    expect(connected).toMatchObject({ status: 'connected' });
    expect(connected).not.toHaveProperty('deadlineAt');
    const first = await act(leadId, accepted);
    expect(first).toMatch(/\.2\.0$/);
    expect(await enrollmentOf(leadId)).toMatchObject({
      status: 'messaging',
      nextActionAt: plus(world.clock.now(), 3 * dayMs),
    });
    later(world, 3 * dayMs);
    await act(leadId, accepted);
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'completed' });
    await settle(world);
    expect((await getCampaign(world.ports, world.caller, campaignId)).status).toBe('finished');
    const stats = await campaignStats(world.ports, world.caller, campaignId);
    expect(stats).toMatchObject({ sent: 4, accepted: 1, replied: 0 });
    expect(stats.leads).toEqual([{ status: 'completed', count: 1 }]);
    const page = { limit: 50, cursor: '', campaignId, identityId: '' };
    const listed = (status: string) =>
      listActions(world.ports, world.caller, { ...page, status }).then(({ items }) => items.length);
    expect([await listed('sent'), await listed('pending')]).toEqual([4, 0]);
  });

  it('is invited without the note when the month has none left (F027, P20)', async () => {
    const { leadId } = await strangerIn('Quota');
    await act(leadId, accepted, { relation: 'not_connected' });
    const { enrollmentId, nextActionId: actionId } = await enrollmentOf(leadId);
    const syncedAt = world.clock.now();
    const intent = {
      enrollmentId,
      actionId,
      epoch: 1,
      syncedAt,
      relation: 'not_connected',
    } as const;
    const asked = { ...intent, withoutNote: true };
    const answer = await intendAction(world.ports, world.caller, asked);
    expect(answer).toMatchObject({ kind: 'connect', text: '' });
    expect(await intendAction(world.ports, world.caller, asked)).toEqual(answer);
  });

  it('expires when nobody accepts in time, and its campaign finishes', async () => {
    const { campaignId, leadId } = await strangerIn('Silent');
    await visitAndInvite(leadId);
    later(world, 20 * dayMs);
    await settle(world);
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'invited' });
    later(world, dayMs);
    await settle(world);
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'expired' });
    expect((await getCampaign(world.ports, world.caller, campaignId)).status).toBe('finished');
    const more = { campaignId, leads: people(1, 'more') };
    await expect(addLeads(world.ports, world.caller, more)).rejects.toMatchObject({
      code: 'campaign/over',
    });
  });

  it('who is connected already skips the invitation (S4-31)', async () => {
    const { leadId } = await strangerIn('Friend');
    await act(leadId, accepted, { relation: 'not_connected' });
    const { enrollmentId, nextActionId } = await enrollmentOf(leadId);
    const claim = { enrollmentId, actionId: nextActionId, epoch: 1 };
    const intent = { ...claim, syncedAt: world.clock.now(), relation: 'not_connected' as const };
    await intendAction(world.ports, world.caller, intent);
    await inScope(world, (scope) =>
      recordOutcome(world.ports, scope, claim, { type: 'rejected', label: 'ALREADY_CONNECTED' }),
    );
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'connected' });
  });
});
