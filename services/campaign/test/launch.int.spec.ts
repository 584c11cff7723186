import { TransientError } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { listActions } from '../src/app/campaign-stats.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { getLead } from '../src/app/leads.js';
import { startWaiting } from '../src/app/loops.js';
import { updateCampaign } from '../src/app/campaigns.js';
import {
  fingerprintOf,
  launched,
  newCampaign,
  people,
  person,
  startWorld,
  threeMessages,
  type World,
} from './world.js';

const page = { limit: 200, cursor: '' };

describe('Launching a messenger campaign', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });

  it('queues the connected, skips the others, counts people and messages (S2-46)', async () => {
    const { ports, caller } = world;
    const campaignId = await newCampaign(world);
    const [connected, strangers] = [people(5, 'friend'), people(3, 'stranger')];
    for (const lead of strangers) world.relations.strangers.add(fingerprintOf(world, lead));
    await addLeads(ports, caller, { campaignId, leads: [...connected, ...strangers] });

    const report = await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });

    expect(report).toMatchObject({ queued: 5, skipped: 3, errors: 0, totalMessages: 15 });
    expect(report.message).toBe('5 people queued with 15 messages, 3 skipped.');
    const skipped = report.results.filter(({ status }) => status === 'skipped');
    expect(skipped.map(({ reason }) => reason)).toEqual(Array(3).fill('NOT_CONNECTED'));
    expect(report.results.find(({ name }) => name === 'friend0 Vale')?.messagesQueued).toBe(3);
  });

  it('shows a row for every message of every queued person from the start (S2-17, S2-24)', async () => {
    const { ports, caller } = world;
    const { campaignId } = await launched(world, people(2, 'row'));
    const wanted = { ...page, campaignId, identityId: '', status: '' };
    const { items } = await listActions(ports, caller, wanted);
    expect(items.map(({ messageType }) => messageType).sort()).toEqual([
      'direct_message_1',
      'direct_message_1',
      'direct_message_2',
      'direct_message_2',
      'direct_message_3',
      'direct_message_3',
    ]);
    expect(items.map(({ status }) => status).sort()).toEqual([
      'planned',
      'planned',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ]);
    expect(items.every(({ requiresConnection }) => !requiresConnection)).toBe(true);
  });

  it('reports the same when it is launched twice', async () => {
    const { ports, caller } = world;
    const { campaignId } = await launched(world, people(3, 'twice'));
    const asked = world.relations.asked;
    const again = await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
    expect(again).toMatchObject({ queued: 3, skipped: 0, errors: 0, totalMessages: 9 });
    expect(world.relations.asked).toBe(asked);
  });

  it('starts by itself whoever is added later', async () => {
    const { ports, caller } = world;
    const { campaignId } = await launched(world, people(1, 'early'));
    const [late] = await addLeads(ports, caller, { campaignId, leads: [person('Late')] });
    expect((await getLead(ports, caller, late!.leadId)).enrollments[0]?.status).toBe('new');
    await startWaiting(ports);
    expect((await getLead(ports, caller, late!.leadId)).enrollments[0]?.status).toBe(
      'ready_to_message',
    );
  });

  it('names who came later and lacks a field of a text, before any send (F063)', async () => {
    const { ports, caller } = world;
    const campaignId = await newCampaign(world);
    const steps = [
      { kind: 'message', delayMs: 0, text: 'Hi {title}, {custom.seats|40} seats' },
    ] as const;
    await updateCampaign(ports, caller, {
      campaignId,
      expectedVersion: 0,
      name: '',
      sequence: { steps },
    });
    const launch = () => launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
    for (const lead of [person('Titled', { title: 'CTO' }), person('Untitled')]) {
      await addLeads(ports, caller, { campaignId, leads: [lead] });
      await launch();
    }
    const report = await launch();
    expect(new Map(report.results.map(({ name, reason }) => [name, reason]))).toEqual(
      new Map([
        ['Titled Vale', ''],
        ['Untitled Vale', 'text/missing-field: title'],
      ]),
    );
    expect(report.message).toBe(
      '2 people queued with 2 messages, 0 skipped, 1 lack a field of a text, which will be held.',
    );
  });

  it('contacts nobody unchecked: while sync is away people wait and are counted (S2-30)', async () => {
    const { ports, caller } = world;
    world.relations.away = new TransientError('Sync does not answer.');
    const campaignId = await newCampaign(world);
    await addLeads(ports, caller, { campaignId, leads: people(4, 'waiting') });
    const report = await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
    expect(report).toMatchObject({ queued: 0, skipped: 0, errors: 4, totalMessages: 0 });
    expect(report.message).toContain('Sync does not answer.');
    world.relations.away = undefined;
    expect(await startWaiting(ports)).toBe(false);
    const again = await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
    expect(again).toMatchObject({ queued: 4, errors: 0, totalMessages: 12 });
  });

  it('leaves to a person whoever wrote first (S4-21)', async () => {
    const { ports, caller } = world;
    const lead = person('Spoke');
    world.relations.fromLead.add(fingerprintOf(world, lead));
    const { leadIds } = await launched(world, [lead]);
    const { enrollments } = await getLead(ports, caller, leadIds[0]!);
    expect(enrollments[0]).toMatchObject({ status: 'replied', launchOutcome: 'skipped' });
  });

  it('plans the texts of the draft as it was launched, for leads added before its last change (F016, I11)', async () => {
    const { ports, caller } = world;
    const campaignId = await newCampaign(world);
    const [added] = await addLeads(ports, caller, { campaignId, leads: [person('Draft')] });
    const steps = [{ kind: 'message', delayMs: 0, text: 'Changed' } as const];
    const change = { campaignId, expectedVersion: 0, name: '', sequence: { steps } };
    await updateCampaign(ports, caller, change);
    const report = await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
    expect(report).toMatchObject({ queued: 1, totalMessages: 1 });
    expect((await getLead(ports, caller, added!.leadId)).enrollments[0]?.status).toBe(
      'ready_to_message',
    );
    // What is written afterwards is for whoever comes afterwards (F016).
    const { sequence } = await updateCampaign(ports, caller, {
      ...change,
      sequence: threeMessages,
    });
    expect(sequence).toMatchObject({ version: 2 });
    const { enrollments } = await getLead(ports, caller, added!.leadId);
    expect(enrollments[0]).toMatchObject({ sequenceVersion: 1, status: 'ready_to_message' });
  });
});
