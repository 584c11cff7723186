import { usualScenario } from '@overture/domain-campaign';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign } from '../src/app/campaigns.js';
import { forecastCampaign } from '../src/app/forecast-campaign.js';
import { pauseLead } from '../src/app/control-lead.js';
import {
  launched,
  newCampaign,
  onMonday,
  otherWorkspace,
  people,
  person,
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

const silent = { ...usualScenario, replyShare: 0 };
const forecastOf = (campaignId: string, scenario = silent) =>
  forecastCampaign(world.ports, world.caller, { campaignId, days: 60, scenario });
const total = (hours: readonly { sends: number }[]) =>
  hours.reduce((sum, { sends }) => sum + sends, 0);

describe('The forecast of a campaign (F044, M3)', () => {
  it('before launch plays it as if it were launched now, and writes nothing', async () => {
    const campaignId = await newCampaign(world);
    await addLeads(world.ports, world.caller, { campaignId, leads: people(12) });
    const before = await world.ports.database.tenant(world.caller.tenantId, (tx) =>
      tx.query('select count(*) from events', []),
    );
    const { hours, outcomes, ends } = await forecastOf(campaignId);
    expect(total(hours)).toBe(36);
    expect(outcomes).toEqual([{ campaignId, status: 'completed', leads: 12 }]);
    expect(ends).toHaveLength(1);
    const after = await world.ports.database.tenant(world.caller.tenantId, (tx) =>
      tx.query('select count(*) from events', []),
    );
    expect(after.rows).toEqual(before.rows);
  });

  it('names who is blocked and why (F063)', async () => {
    const steps = [{ kind: 'message', delayMs: 0, text: 'How is life as {title}?' }] as const;
    const { campaignId } = await createCampaign(world.ports, world.caller, {
      name: 'Titles',
      type: 'messenger',
      identityIds: ['identity-1'],
      sequence: { steps },
    });
    const leads = [person('Ada', { title: 'CTO' }), person('Bob', { title: '' })];
    const [, bob] = await addLeads(world.ports, world.caller, { campaignId, leads });
    const { blocked, hours } = await forecastOf(campaignId);
    expect(total(hours)).toBe(1);
    expect(blocked).toEqual([
      { campaignId, because: 'missing: title', leads: 1, exampleLeadIds: [bob?.leadId] },
    ]);
  });

  it('plays the campaigns that share its identity with it, on one budget (F033)', async () => {
    const first = await launched(world, people(70, 'first'));
    const second = await launched(world, people(40, 'second'));
    const { hours, clashes, campaignIds } = await forecastOf(second.campaignId);
    expect([...campaignIds].sort()).toEqual([first.campaignId, second.campaignId].sort());
    expect(total(hours)).toBe(330);
    expect(clashes.length).toBeGreaterThan(0);
  });

  it('leaves a paused lead where it is, and says so', async () => {
    const { campaignId, leadIds } = await launched(world, people(3));
    const leadId = leadIds[0] as string;
    await pauseLead(world.ports, world.caller, { leadId, enrollmentId: '', reason: 'wait' });
    const { hours, blocked } = await forecastOf(campaignId);
    expect(total(hours)).toBe(6);
    expect(blocked).toMatchObject([{ because: 'not_paused', leads: 1, exampleLeadIds: [leadId] }]);
  });

  it('is of its own workspace only (P10)', async () => {
    const { campaignId } = await launched(world, people(1));
    world = otherWorkspace(world);
    await expect(forecastOf(campaignId)).rejects.toThrow('campaign');
  });

  it('contacts few of a company at a time, and stops when one of them answers (F034)', async () => {
    const company = { cap: { people: 1, days: 7 }, stopColleaguesOnReply: true };
    const steps = [{ kind: 'message', delayMs: 0, text: 'Hello' }] as const;
    const { campaignId } = await createCampaign(world.ports, world.caller, {
      name: 'Few',
      type: 'messenger',
      identityIds: ['identity-1'],
      sequence: { steps },
      settings: { company },
    });
    const leads = people(3).map((each) => ({ ...each, companyName: 'Few & Co' }));
    await addLeads(world.ports, world.caller, { campaignId, leads });
    const { hours, outcomes } = await forecastOf(campaignId);
    expect(outcomes).toEqual([{ campaignId, status: 'completed', leads: 3 }]);
    expect(hours.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-09', '2026-03-16']);
    const answered = await forecastOf(campaignId, { ...usualScenario, replyShare: 1 });
    expect(answered.outcomes).toEqual([
      { campaignId, status: 'replied', leads: 1 },
      { campaignId, status: 'stopped', leads: 2 },
    ]);
  });
});
