import { dayMs, plus } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign } from '../src/app/campaigns.js';
import { explainLead } from '../src/app/explain-lead.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { rebuildViews } from '../src/app/rebuild-views.js';
import { recordInvitationGone } from '../src/app/record-sightings.js';
import { stageOf } from './branching-stage.js';
import {
  fingerprintOf,
  inScope,
  later,
  monday,
  onMonday,
  person,
  settle,
  startWorld,
  type World,
} from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = onMonday(world);
});

const { launchedFor, enrollmentOf, send } = stageOf(() => world);

/** Sync has missed it twice, now. */
function gone(leadId: string, identityId = 'identity-1') {
  const goneAt = world.clock.now();
  const reinviteLockedUntil = plus(goneAt, 21 * dayMs);
  const seen = { identityId, leadId, sentAt: monday, goneAt, reinviteLockedUntil };
  return inScope(world, (scope) =>
    recordInvitationGone(world.ports, scope, { ...seen, witness: 'sent_invitations' }),
  );
}

const typesOf = async (leadId: string) => {
  const wanted = { leadId, limit: 50, cursor: '' };
  const { items } = await listLeadEvents(world.ports, world.caller, wanted);
  return items.map(({ type }) => type);
};

async function invited(name: string) {
  const { leadIds } = await launchedFor(person(name, { title: 'Chief' }));
  const leadId = leadIds[0]!;
  await send(leadId, 'not_connected');
  later(world, dayMs);
  return leadId;
}

describe('An invitation that somebody withdrew by hand (F014, P21)', () => {
  it('takes its lead the other way at once, and is in its story (F013, M1)', async () => {
    const leadId = await invited('ByHand');
    await gone(leadId);
    expect(await enrollmentOf(leadId)).toMatchObject({ reason: 'await_task', stepId: 'call' });
    const [told] = await explainLead(world.ports, world.caller, leadId);
    const whats = told!.causes.map(({ what }) => what);
    expect(whats.join(' ')).toContain('The invitation is not open any more');
    expect(whats.join(' ')).toContain('At accepted it went the way of "no" (invitation gone).');
  });

  it('is learnt once, and only of the identity that had sent it', async () => {
    const leadId = await invited('Once');
    await gone(leadId, 'another-identity');
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'invited' });
    await gone(leadId);
    const types = await typesOf(leadId);
    await gone(leadId);
    expect(await typesOf(leadId)).toEqual(types);
    expect(types.filter((type) => type === 'InvitationLapsed')).toHaveLength(1);
  });

  it('locks a new one from that instant, in every campaign of the identity (I6)', async () => {
    const ada = person('Again', { title: 'Chief' });
    world.relations.strangers.add(fingerprintOf(world, ada));
    const wanted = { type: 'connector', identityIds: ['identity-1'], name: 'Waits' };
    const steps = [{ kind: 'connect', delayMs: 5 * dayMs, text: '' }] as const;
    const { campaignId } = await createCampaign(world.ports, world.caller, {
      ...wanted,
      sequence: { steps },
    });
    const [added] = await addLeads(world.ports, world.caller, { campaignId, leads: [ada] });
    await launchCampaign(world.ports, world.caller, { campaignId, expectedVersion: 0 });
    const leadId = added!.leadId;
    const before = (await enrollmentOf(leadId)).nextActionAt;
    expect(before).toBe(plus(monday, 5 * dayMs));
    await gone(leadId);
    const { enrollmentId, nextActionId: actionId, nextActionAt } = await enrollmentOf(leadId);
    expect(nextActionAt).toBe(plus(monday, 21 * dayMs));
    later(world, 7 * dayMs);
    const intent = { enrollmentId, actionId, epoch: 1, syncedAt: world.clock.now() };
    await expect(
      intendAction(world.ports, world.caller, { ...intent, relation: 'not_connected' }),
    ).rejects.toMatchObject({ code: 'action/not-due' });
    const [told] = await explainLead(world.ports, world.caller, leadId);
    expect(told!.remedy).toContain('an invitation to this lead was withdrawn lately');
  });

  it('keeps a campaign that begins later from inviting before the lock is over (F014)', async () => {
    const leadId = await invited('Later');
    await gone(leadId);
    const goneAt = world.clock.now();
    await inScope(world, async (scope) => {
      const locks = await world.ports.drafts.reinviteLocks(scope, [leadId], goneAt);
      expect(locks).toMatchObject([{ leadId, identityId: 'identity-1', withdrawnAt: goneAt }]);
    });
  });

  it('leaves views that are made anew from the events as they were (I13)', async () => {
    const leadId = await invited('Anew');
    await gone(leadId);
    await settle(world);
    const before = await getLead(world.ports, world.caller, leadId);
    await rebuildViews(world.ports, world.caller);
    expect(await getLead(world.ports, world.caller, leadId)).toEqual(before);
  });
});
