import { dayMs } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign, getCampaign, updateCampaign } from '../src/app/campaigns.js';
import { correctReply } from '../src/app/correct-lead.js';
import { stopLead } from '../src/app/control-lead.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import type { NewLead } from '../src/app/lead-details.js';
import { getLead } from '../src/app/leads.js';
import { rebuildViews } from '../src/app/rebuild-views.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { recordReply } from '../src/app/record-sightings.js';
import { stopColleagues } from '../src/app/stop-colleagues.js';
import {
  inScope,
  later,
  otherWorkspace,
  person,
  settle,
  startWorld,
  threeMessages,
  type World,
} from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = otherWorkspace(world);
});

const settings = { company: { stopColleaguesOnReply: true } } as const;

async function launch(
  leads: readonly NewLead[],
  chosen: Parameters<typeof createCampaign>[2]['settings'] = settings,
) {
  const { ports, caller } = world;
  const { campaignId } = await createCampaign(ports, caller, {
    name: 'Spring',
    type: 'messenger',
    identityIds: ['identity-1'],
    sequence: threeMessages,
    settings: chosen,
  });
  // Whoever works elsewhere keeps the campaign from being over.
  await add(campaignId, [person('Elsewhere', { companyName: 'Elsewhere' })]);
  const leadIds = await add(campaignId, leads);
  await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
  return { campaignId, leadIds };
}

async function add(campaignId: string, leads: readonly NewLead[]): Promise<string[]> {
  const added = await addLeads(world.ports, world.caller, { campaignId, leads });
  return added.map(({ leadId }) => leadId);
}

async function reply(leadId = '', messageId = `m-${leadId}`): Promise<void> {
  const repliedAt = world.clock.now();
  const seen = { leadId, messageId, repliedAt, witness: 'sweep' };
  await inScope(world, (scope) => recordReply(world.ports, scope, seen));
}

async function correct(leadId = ''): Promise<void> {
  const control = { leadId, enrollmentId: '', reason: 'an out-of-office note', messageId: '' };
  await correctReply(world.ports, world.caller, control);
}

async function enrollmentOf(leadId = '') {
  const { enrollments } = await getLead(world.ports, world.caller, leadId);
  return enrollments[0]!;
}

/** Where each lead stands, and why. */
async function standings(leadIds: readonly string[]): Promise<string[]> {
  const rows = await Promise.all(leadIds.map(enrollmentOf));
  return rows.map(({ status, reason }) => (status === 'stopped' ? `stopped: ${reason}` : status));
}

function eventsOf(types: readonly string[]) {
  return inScope(world, async ({ tx, tenantId }) => {
    const { rows } = await tx.query<{ type: string; data: Record<string, unknown>; meta: object }>(
      'select type, data, meta from events where tenant_id = $1 and type = any ($2) order by position',
      [tenantId, types],
    );
    return rows;
  });
}

async function intend(leadId = '') {
  const { enrollmentId, nextActionId: actionId } = await enrollmentOf(leadId);
  const claim = { enrollmentId, actionId, epoch: 1 };
  const seen = { syncedAt: world.clock.now(), relation: 'first_degree' } as const;
  await intendAction(world.ports, world.caller, { ...claim, ...seen });
  return claim;
}

const acme = [
  person('Ada', { companyName: 'Acme' }),
  person('Ben', { companyName: 'ACME, Inc.' }),
  person('Cleo', { companyName: 'Acme GmbH' }),
];
const stopped = 'stopped: colleague_replied';

describe('When somebody of a company answers', () => {
  it('the others of it hear no more from the campaign, each by an event, once (F034)', async () => {
    const { leadIds } = await launch([...acme, person('Eve', { companyName: 'Other' })]);
    const [ada, ben, cleo, eve] = leadIds;
    await reply(ada);
    await settle(world);
    expect(await standings(leadIds)).toEqual(['replied', stopped, stopped, 'ready_to_message']);
    await reply(ben);
    await settle(world);
    const events = await eventsOf(['EnrollmentStopped']);
    expect(events.map(({ data }) => data['colleagueLeadId'])).toEqual([ada, ada]);
    expect(events.every(({ data }) => /^[0-9a-f]{64}$/.test(String(data['companyKey'])))).toBe(
      true,
    );
    expect(await standings([ben!, cleo!, eve!])).toEqual(['replied', stopped, 'ready_to_message']);
    expect(await stopColleagues(world.ports)).toBe(false);
  });

  it('nobody is stopped where the campaign does not say so, or no company is known (F034)', async () => {
    const { leadIds } = await launch(acme, {});
    await reply(leadIds[0]);
    await settle(world);
    expect(await standings(leadIds.slice(1))).toEqual(['ready_to_message', 'ready_to_message']);
    const alone = person('Nobody', { companyName: '' });
    const unknown = await launch([alone, person('Noone', { companyName: '' })]);
    await reply(unknown.leadIds[0]);
    await settle(world);
    expect(await standings(unknown.leadIds)).toEqual(['replied', 'ready_to_message']);
  });

  it('a correction brings back exactly the plans that were dropped (F034, M14)', async () => {
    const { leadIds } = await launch(acme);
    const [ada, ben, cleo] = leadIds;
    const claim = await intend(cleo);
    const sent = { type: 'accepted', alreadyConnected: false } as const;
    await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, sent));
    const before = await Promise.all([ben, cleo].map(enrollmentOf));
    await reply(ada);
    await settle(world);
    later(world, dayMs);
    await correct(ada);
    await settle(world);
    const after = await Promise.all([ben, cleo].map(enrollmentOf));
    const plan = ({ status, nextActionAt, reason, stepId }: (typeof before)[number]) => {
      return { status, nextActionAt, reason, stepId };
    };
    expect(after.map(plan)).toEqual(before.map(plan));
    const corrected = await eventsOf(['StopCorrected']);
    expect(corrected.map(({ data, meta }) => [data['by'], meta])).toEqual(
      corrected.map(() => ['test', expect.objectContaining({ actor: 'test' })]),
    );
    expect(corrected).toHaveLength(2);
    await settle(world);
    expect(await eventsOf(['StopCorrected'])).toHaveLength(2);
  });

  it('all who answered have to be corrected before anybody goes on (F034, M14)', async () => {
    const { leadIds } = await launch(acme);
    const [ada, ben, cleo] = leadIds;
    await reply(ada);
    await settle(world);
    await reply(ben);
    await settle(world);
    await correct(ada);
    await settle(world);
    expect(await standings(leadIds)).toEqual([stopped, 'replied', stopped]);
    await correct(ben);
    await settle(world);
    expect(await standings(leadIds)).toEqual(leadIds.map(() => 'ready_to_message'));
    await stopLead(world.ports, world.caller, { leadId: cleo!, enrollmentId: '', reason: '' });
    await reply(ada, 'm-2');
    await correct(ada);
    await settle(world);
    expect(await standings([cleo!])).toEqual(['stopped: stopped_by_hand']);
  });

  it('a person who stops a stopped lead stops it for good (F034)', async () => {
    const { leadIds } = await launch(acme);
    const [ada, ben] = leadIds;
    await reply(ada);
    await settle(world);
    await stopLead(world.ports, world.caller, { leadId: ben!, enrollmentId: '', reason: 'asked' });
    await correct(ada);
    await settle(world);
    expect(await standings(leadIds)).toEqual([
      'ready_to_message',
      'stopped: asked',
      'ready_to_message',
    ]);
  });

  it('no intent follows, not even before they are all stopped, and who joins later is stopped, too (F034)', async () => {
    const { campaignId, leadIds } = await launch(acme);
    const [ada, ben] = leadIds;
    await reply(ada);
    await expect(intend(ben)).rejects.toMatchObject({ code: 'person/colleague-replied' });
    await settle(world);
    const [late] = await add(campaignId, [person('Late', { companyName: 'Acme' })]);
    await settle(world);
    expect(await standings([late!])).toEqual([stopped]);
    await correct(ada);
    await settle(world);
    expect(await standings([late!])).toEqual(['ready_to_message']);
  });

  it('a refused claim has them looked at again (F034)', async () => {
    const { leadIds } = await launch(acme);
    const [ada, ben] = leadIds;
    await reply(ada);
    const { enrollmentId, nextActionId: actionId } = await enrollmentOf(ben);
    await inScope(world, ({ tx }) =>
      tx.query('update colleague_stops set settled_at = changed_at'),
    );
    const claim = { enrollmentId, actionId, epoch: 1 };
    const outcome = { type: 'released', cause: 'person/colleague-replied' } as const;
    await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, outcome));
    await settle(world);
    expect(await standings([ben!])).toEqual([stopped]);
  });

  it('a company of many is stopped and brought back in batches (F034)', async () => {
    const many = Array.from({ length: 990 }, (_, n) => person(`many${n}`, { companyName: 'Many' }));
    const { leadIds } = await launch(many);
    await settle(world);
    await reply(leadIds[0]);
    await settle(world);
    expect(await eventsOf(['EnrollmentStopped'])).toHaveLength(989);
    await correct(leadIds[0]);
    await settle(world);
    expect(await eventsOf(['StopCorrected'])).toHaveLength(989);
  });

  it('stays so when the setting is taken off, and no later reply stops anybody (F034)', async () => {
    const { campaignId, leadIds } = await launch(acme);
    const [ada, ben, cleo] = leadIds;
    await reply(ada);
    await settle(world);
    await updateCampaign(world.ports, world.caller, {
      campaignId,
      expectedVersion: 0,
      name: '',
      settings: {},
    });
    expect((await getCampaign(world.ports, world.caller, campaignId)).settings).toEqual({});
    await settle(world);
    expect(await standings([ben!, cleo!])).toEqual([stopped, stopped]);
    const [late] = await add(campaignId, [person('Later', { companyName: 'Acme' })]);
    await settle(world);
    expect(await standings([late!])).toEqual(['ready_to_message']);
  });

  it('the read models are made anew from the events (F034, I13)', async () => {
    const { leadIds } = await launch(acme);
    await reply(leadIds[0]);
    await settle(world);
    const rows = () =>
      inScope(world, async ({ tx, tenantId }) => {
        const { rows: all } = await tx.query<object>(
          'select enrollment_id, status, reason, stopped_for from enrollments where tenant_id = $1 order by 1',
          [tenantId],
        );
        return all;
      });
    const before = await rows();
    await rebuildViews(world.ports, world.caller);
    expect(await rows()).toEqual(before);
  });
});
