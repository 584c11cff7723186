import { usualScenario } from '@overture/domain-campaign';
import { dayMs, hourMs } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign } from '../src/app/campaigns.js';
import { forecastCampaign } from '../src/app/forecast-campaign.js';
import { stageOf } from './branching-stage.js';
import {
  fingerprintOf,
  inScope,
  later,
  launched,
  newCampaign,
  person,
  sharingPeople,
  startWorld,
  type World,
} from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world = await sharingPeople(world);
});

const { launchedFor, connectedTo, drafts, send } = stageOf(() => world);
const silent = { ...usualScenario, acceptShare: 0, replyShare: 0 };

async function outcomesOf(campaignId: string, scenario = silent) {
  const wanted = { campaignId, days: 60, scenario };
  const { outcomes } = await forecastCampaign(world.ports, world.caller, wanted);
  const own = outcomes.filter((each) => each.campaignId === campaignId);
  return Object.fromEntries(own.map(({ status, leads }) => [status, leads]));
}

describe('What a forecast knows before it begins (F044, M3)', () => {
  it('is that open drafts are approved, so long from now as those to come (F069)', async () => {
    const { campaignId } = await connectedTo('Drafted');
    expect(await outcomesOf(campaignId)).toEqual({ halted: 1 });
    const approving = { ...silent, approveAfterMs: 5 * hourMs };
    expect(await outcomesOf(campaignId, approving)).toEqual({ completed: 1 });
  });

  it('is that nobody can approve a draft without words', async () => {
    const { campaignId } = await connectedTo('Wordless');
    const { actionId } = (await drafts(campaignId))[0]!;
    await inScope(world, async (scope) => {
      const row = await world.ports.drafts.find(scope, actionId);
      await world.ports.drafts.save(scope, [{ ...row!, problem: 'text/missing-field' }]);
    });
    const approving = { ...silent, approveAfterMs: 5 * hourMs };
    expect(await outcomesOf(campaignId, approving)).toEqual({ halted: 1 });
  });

  it('is that open invitations may be accepted yet (F013)', async () => {
    const { campaignId, leadIds } = await launchedFor(person('Invited'));
    await send(leadIds[0]!, 'not_connected');
    later(world, hourMs);
    expect(await outcomesOf(campaignId)).toEqual({ completed: 1 });
    const all = { ...silent, acceptShare: 1 };
    const asked = { campaignId, days: 60, scenario: all };
    const { hours } = await forecastCampaign(world.ports, world.caller, asked);
    // Who accepts is drafted a message, which nobody approves; nobody is withdrawn from.
    expect(hours.map(({ kind }) => kind)).not.toContain('withdraw');
    expect(await outcomesOf(campaignId, all)).toEqual({ halted: 1 });
  });

  it('is how a lead stands to the identity, by what another campaign has seen (S2-51)', async () => {
    const [known, stranger, new_] = [person('Known'), person('Stranger'), person('Unseen')];
    world.relations.strangers.add(fingerprintOf(world, stranger));
    await launched(world, [known, stranger]);
    const campaignId = await newCampaign(world);
    const leads = [known, stranger, new_];
    await addLeads(world.ports, world.caller, { campaignId, leads });
    expect(await outcomesOf(campaignId)).toEqual({ completed: 2, skipped: 1 });
  });

  it('is that an invitation is open, and until when no new one is taken (F014)', async () => {
    const { leadIds } = await launchedFor(person('Twice'));
    await send(leadIds[0]!, 'not_connected');
    later(world, dayMs);
    const steps = [{ kind: 'connect', delayMs: 0, text: '' }] as const;
    const { campaignId } = await createCampaign(world.ports, world.caller, {
      name: 'Also',
      type: 'connector',
      identityIds: ['identity-1'],
      sequence: { steps },
    });
    await addLeads(world.ports, world.caller, { campaignId, leads: [person('Twice')] });
    const wanted = { campaignId, days: 60, scenario: silent };
    const { hours } = await forecastCampaign(world.ports, world.caller, wanted);
    const own = hours.filter((each) => each.campaignId === campaignId);
    expect(own.map(({ kind }) => kind)).not.toContain('connect');
  });
});
