import { dayMs, hourMs, instant, minuteMs, plus, type Instant } from '@overture/kernel';
import { campaignAt, diffLead, leadAt } from '../src/app/time-travel.js';
import { getCampaign } from '../src/app/campaigns.js';
import { pauseLead, resumeLead, simulateReply } from '../src/app/control-lead.js';
import { getLead, type ShownLead } from '../src/app/leads.js';
import { pauseCampaign } from '../src/app/run-campaign.js';
import { campaignMessage, leadMessage } from '../src/transport/answers.js';
import {
  later,
  launched,
  monday,
  onMonday,
  otherWorkspace,
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

const everyWhere = { enrollmentId: '', reason: 'on holiday' };

async function livedLead() {
  const { campaignId, leadIds } = await launched(world, [person('Ada')]);
  const leadId = leadIds[0] as string;
  const snapshots: { at: Instant; lead: ShownLead }[] = [];
  const snap = async () => {
    const lead = await getLead(world.ports, world.caller, leadId);
    snapshots.push({ at: world.clock.now(), lead });
  };
  await snap();
  later(world, hourMs);
  await pauseLead(world.ports, world.caller, { leadId, ...everyWhere });
  await snap();
  later(world, dayMs);
  await resumeLead(world.ports, world.caller, { leadId, ...everyWhere });
  await snap();
  later(world, dayMs);
  await simulateReply(world.ports, world.caller, { leadId, ...everyWhere });
  await snap();
  return { campaignId, leadId, snapshots };
}

describe('Time travel (M7)', () => {
  it('shows a lead as it was shown then', async () => {
    const { leadId, snapshots } = await livedLead();
    for (const { at, lead } of snapshots) {
      const then = await leadAt(world.ports, world.caller, { leadId, at });
      expect(leadMessage(then)).toEqual(leadMessage(lead));
      const between = await leadAt(world.ports, world.caller, { leadId, at: plus(at, minuteMs) });
      expect(between).toEqual(then);
    }
  });

  it('knows no lead and no campaign before they were', async () => {
    const { campaignId, leadId } = await livedLead();
    const at = plus(monday, -dayMs);
    await expect(leadAt(world.ports, world.caller, { leadId, at })).rejects.toThrow('lead');
    await expect(campaignAt(world.ports, world.caller, { campaignId, at })).rejects.toThrow(
      'campaign',
    );
  });

  it('shows nobody the past of another workspace (P10)', async () => {
    const { leadId } = await livedLead();
    const stranger = otherWorkspace(world).caller;
    const at = plus(monday, hourMs);
    await expect(leadAt(world.ports, stranger, { leadId, at })).rejects.toThrow('lead');
  });

  it('shows a campaign as it stood', async () => {
    const { campaignId } = await livedLead();
    const before = await getCampaign(world.ports, world.caller, campaignId);
    const at = world.clock.now();
    later(world, hourMs);
    await pauseCampaign(world.ports, world.caller, { campaignId, cause: 'budget' });
    const then = await campaignAt(world.ports, world.caller, { campaignId, at });
    expect(campaignMessage(then)).toEqual(campaignMessage(before));
  });

  it('tells what changed between two instants, and by which events', async () => {
    const { leadId, snapshots } = await livedLead();
    const [, paused, , replied] = snapshots.map(({ at }) => at) as [
      Instant,
      Instant,
      Instant,
      Instant,
    ];
    const diff = await diffLead(world.ports, world.caller, { leadId, from: paused, to: replied });
    expect(diff.events.map(({ type }) => type)).toEqual([
      'EnrollmentResumed',
      'ReplyReceived',
      'ActionDropped',
    ]);
    expect(diff.changes).toContainEqual(
      expect.objectContaining({
        field: 'status',
        actionId: '',
        before: 'paused',
        after: 'replied',
      }),
    );
    const dropped = diff.changes.filter(
      ({ field, after }) => field === 'status' && after === 'dropped',
    );
    expect(dropped).toHaveLength(3);
  });

  it('finds no difference in no time, and refuses to look backwards', async () => {
    const { leadId } = await livedLead();
    const at = world.clock.now();
    const none = await diffLead(world.ports, world.caller, { leadId, from: at, to: at });
    expect(none).toMatchObject({ changes: [], events: [] });
    const backwards = { leadId, from: at, to: instant('2020-01-01T00:00:00Z') };
    await expect(diffLead(world.ports, world.caller, backwards)).rejects.toThrow();
  });
});
