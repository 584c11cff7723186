import { dayMs, hourMs } from '@overture/kernel';
import { explainCampaign } from '../src/app/explain-campaign.js';
import { explainLead, explainOne } from '../src/app/explain-lead.js';
import { pauseLead, simulateReply } from '../src/app/control-lead.js';
import { setLeadRules } from '../src/app/lead-rules.js';
import { pauseCampaign } from '../src/app/run-campaign.js';
import {
  fingerprintOf,
  later,
  launched,
  monday,
  newCampaign,
  onMonday,
  otherWorkspace,
  people,
  person,
  replaced,
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

async function messengerWith(count: number) {
  const { campaignId, leadIds } = await launched(world, people(count));
  return { campaignId, leadIds: leadIds as string[] };
}

const because = async (leadId: string) => {
  const [explained] = await explainLead(world.ports, world.caller, leadId);
  return explained?.because;
};

describe('Explain a lead (M1, F055, S2-50, S2-51, S2-52)', () => {
  it('tells the events that led here, who caused them, and hands what is planned to pacing (F125)', async () => {
    const { leadIds } = await messengerWith(1);
    const [explained] = await explainLead(world.ports, world.caller, leadIds[0]!);
    expect(explained?.because).toBeUndefined();
    expect(explained?.causes.map(({ type }) => type)).toEqual([
      'LeadEnrolled',
      'RelationChecked',
      'SequencePlanned',
      'ActionPlanned',
    ]);
    expect(explained?.causes.at(-1)?.actionIds).toEqual([explained?.actionId]);
    expect(explained?.causes.every(({ what }) => what.endsWith('.'))).toBe(true);
    expect(explained?.causes[0]).toMatchObject({ actor: 'test' });
  });

  it('names the pause, the reply and the closed gate', async () => {
    const { campaignId, leadIds } = await messengerWith(3);
    const control = { enrollmentId: '', reason: 'on holiday' };
    await pauseLead(world.ports, world.caller, { leadId: leadIds[0]!, ...control });
    await simulateReply(world.ports, world.caller, { leadId: leadIds[1]!, ...control });
    await pauseCampaign(world.ports, world.caller, { campaignId, cause: 'budget' });
    expect(await because(leadIds[0]!)).toBe('not_paused');
    expect(await because(leadIds[1]!)).toBe('not_ended');
    expect(await because(leadIds[2]!)).toBe('gates_open');
  });

  it('asks once which gates are closed, however many campaigns a lead is in, and tells each its own (M1)', async () => {
    const { ports, caller } = world;
    const open = { campaignId: '', expectedVersion: 0, rules: { exclusive: false } };
    await setLeadRules(ports, caller, open);
    const ada = [person('Twice')];
    const [first, second] = [await launched(world, ada), await launched(world, ada)];
    await pauseCampaign(ports, caller, { campaignId: first.campaignId, cause: 'tired' });
    let asked = 0;
    const gates = replaced(ports.gates, {
      closed: (scope, names) => {
        asked++;
        return ports.gates.closed(scope, names);
      },
    });
    const explained = await explainLead(replaced(ports, { gates }), caller, first.leadIds[0]!);
    expect(asked).toBe(1);
    const closed = explained.map(({ campaignId, rules }) => {
      return [campaignId, rules.find(({ rule }) => rule === 'gates_open')?.inputs];
    });
    expect(Object.fromEntries(closed)).toEqual({
      [first.campaignId]: { closed: [{ kind: 'campaign', cause: 'tired' }] },
      [second.campaignId]: {},
    });
  });

  it('says why somebody who is not connected was skipped (S2-51)', async () => {
    const stranger = person('Stranger');
    world.relations.strangers.add(fingerprintOf(world, stranger));
    const { leadIds } = await launched(world, [stranger]);
    const [explained] = await explainLead(world.ports, world.caller, leadIds[0] as string);
    expect(explained).toMatchObject({ status: 'skipped', because: 'not_ended' });
    expect(explained?.remedy).toContain('NOT_CONNECTED');
  });

  it('is of its own workspace only (P10)', async () => {
    const { leadIds } = await messengerWith(1);
    const stranger = otherWorkspace(world).caller;
    await expect(explainLead(world.ports, stranger, leadIds[0]!)).rejects.toThrow('lead');
    await expect(explainOne(world.ports, stranger, 'nothing')).rejects.toThrow('enrollment');
  });
});

describe('Explain why a campaign is quiet (F140, P07)', () => {
  it('says that it was never launched', async () => {
    const campaignId = await newCampaign(world);
    const { sentence } = await explainCampaign(world.ports, world.caller, campaignId);
    expect(sentence).toBe('It was never launched.');
  });

  it('groups its leads by what they wait for and says when it goes on', async () => {
    const { campaignId, leadIds } = await messengerWith(4);
    const control = { leadId: leadIds[0]!, enrollmentId: '', reason: '' };
    await simulateReply(world.ports, world.caller, control);
    const { groups, sentence } = await explainCampaign(world.ports, world.caller, campaignId);
    expect(groups).toMatchObject([
      { status: 'ready_to_message', leads: 3, ended: false, nextAt: monday },
      { status: 'replied', leads: 1, ended: true },
    ]);
    expect(groups[0]?.exampleLeadIds).toHaveLength(3);
    expect(sentence).toBe(
      '3 leads are ready_to_message; something is due, and goes as hours, pauses and caps allow.',
    );
  });

  it('names what holds all of it', async () => {
    const { campaignId } = await messengerWith(2);
    later(world, dayMs + hourMs);
    await pauseCampaign(world.ports, world.caller, { campaignId, cause: 'budget' });
    const { closed, sentence } = await explainCampaign(world.ports, world.caller, campaignId);
    expect(closed).toMatchObject([{ kind: 'campaign', cause: 'budget' }]);
    expect(sentence).toBe('It is held (campaign: budget).');
  });
});
