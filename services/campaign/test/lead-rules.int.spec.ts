import { dayMs, hourMs, minuteMs, plus } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { stopLead } from '../src/app/control-lead.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { setLeadRules } from '../src/app/lead-rules.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { recordReply } from '../src/app/record-sightings.js';
import {
  fingerprintOf,
  inScope,
  later,
  launched,
  monday,
  newCampaign,
  onMonday,
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

const show = (leadId: string) => getLead(world.ports, world.caller, leadId);

async function intend(leadId: string) {
  const { enrollmentId, nextActionId: actionId } = (await show(leadId)).enrollments[0]!;
  const intent = { enrollmentId, actionId, epoch: 1, syncedAt: world.clock.now() };
  return intendAction(world.ports, world.caller, { ...intent, relation: 'first_degree' });
}

describe('The rules of who may be contacted', () => {
  const set = (rules: Parameters<typeof setLeadRules>[2]['rules'], campaignId = '') =>
    setLeadRules(world.ports, world.caller, { campaignId, expectedVersion: 0, rules });

  async function addTo(campaignId: string, name = 'Ada') {
    const leads = [person(name)];
    const [verdict] = await addLeads(world.ports, world.caller, { campaignId, leads });
    return verdict!;
  }

  it('keep a person in one running campaign; either campaign may insist (F052, I9)', async () => {
    const { campaignId: first } = await launched(world, [person('Ada')]);
    const second = await newCampaign(world);
    const reason = 'Another campaign of this workspace is working this person.';
    expect(await addTo(second)).toMatchObject({ verdict: 'duplicate', reason });
    await set({ exclusive: false }, second);
    expect(await addTo(second)).toMatchObject({ verdict: 'duplicate', reason });
    await set({ exclusive: false }, first);
    expect(await addTo(second)).toMatchObject({ verdict: 'added' });
  });

  it('are looked at again at launch and at the intent, where they changed since (I9)', async () => {
    await set({ exclusive: false });
    const { leadIds } = await launched(world, [person('Ada')]);
    later(world, minuteMs);
    const second = await newCampaign(world);
    const third = await newCampaign(world);
    await addTo(second);
    await addTo(third);
    await launchCampaign(world.ports, world.caller, { campaignId: second, expectedVersion: 0 });
    await set({ exclusive: true });
    const report = await launchCampaign(world.ports, world.caller, {
      campaignId: third,
      expectedVersion: 0,
    });
    expect(report).toMatchObject({ queued: 0, skipped: 1 });
    expect(report.results[0]).toMatchObject({ reason: 'person/worked-elsewhere' });
    const { enrollments } = await show(leadIds[0]!);
    const inSecond = enrollments.find(({ campaignId }) => campaignId === second)!;
    const intent = { epoch: 1, syncedAt: world.clock.now(), relation: 'first_degree' as const };
    const { enrollmentId, nextActionId: actionId } = inSecond;
    const late = intendAction(world.ports, world.caller, { enrollmentId, actionId, ...intent });
    await expect(late).rejects.toMatchObject({ code: 'person/worked-elsewhere' });
    await expect(intend(leadIds[0]!)).resolves.toMatchObject({ kind: 'message' });
  });

  it('let a workspace contact everybody once (F052, P18)', async () => {
    const { leadIds } = await launched(world, [person('Ada')]);
    const reply = { messageId: 'm', repliedAt: monday, witness: 'sync' };
    await inScope(world, (scope) =>
      recordReply(world.ports, scope, { leadId: leadIds[0]!, ...reply }),
    );
    const second = await newCampaign(world);
    await set({ contactOnce: true });
    expect(await addTo(second)).toMatchObject({
      verdict: 'duplicate',
      reason: 'Another campaign of this workspace has had this person before.',
    });
    expect(await addTo(second, 'Bo')).toMatchObject({ verdict: 'added' });
  });

  it('let a campaign skip who was written to and never answered (F057, S2-55)', async () => {
    const { leadIds } = await launched(world, [person('Silent')]);
    await writeOnceAndEnd(leadIds[0]!);
    const second = await newCampaign(world);
    const third = await newCampaign(world);
    await set({ skipNeverAnswered: true }, second);
    expect(await addTo(second, 'Silent')).toMatchObject({
      verdict: 'rejected',
      reason: 'This person was written to before and never answered.',
    });
    expect(await addTo(third, 'Silent')).toMatchObject({ verdict: 'added' });
    await set({ skipNeverAnswered: true }, third);
    const report = await launchCampaign(world.ports, world.caller, {
      campaignId: third,
      expectedVersion: 0,
    });
    expect(report.results[0]).toMatchObject({
      status: 'skipped',
      reason: 'person/never-answered',
    });
  });

  it('are refused for another version, and show what comes from above', async () => {
    const campaignId = await newCampaign(world);
    await set({ cooldownDays: 5 });
    const shown = await set({ exclusive: false }, campaignId);
    expect(shown).toMatchObject({
      exclusive: false,
      cooldownDays: 5,
      setHere: ['exclusive'],
      version: 2,
    });
    const stale = { campaignId, expectedVersion: 7, rules: {} };
    const late = setLeadRules(world.ports, world.caller, stale);
    await expect(late).rejects.toMatchObject({ code: 'lead-rules/changed' });
    const unknown = { campaignId: 'nobody', expectedVersion: 0, rules: {} };
    await expect(setLeadRules(world.ports, world.caller, unknown)).rejects.toMatchObject({
      code: 'campaign/not-found',
    });
  });

  async function writeOnceAndEnd(leadId: string) {
    const { enrollmentId, nextActionId: actionId } = (await show(leadId)).enrollments[0]!;
    const claim = { enrollmentId, actionId, epoch: 1 };
    await intend(leadId);
    await inScope(world, (scope) =>
      recordOutcome(world.ports, scope, claim, { type: 'accepted', alreadyConnected: false }),
    );
    const control = { leadId, enrollmentId: '', reason: 'enough' };
    await stopLead(world.ports, world.caller, control);
  }
});

describe('The relation that is there when somebody is added (S4-54, F053)', () => {
  async function statusWith(
    name: string,
    relation: { connected?: boolean; talkedAgoMs?: number; byLead?: boolean },
    options: Parameters<typeof newCampaign>[1] = {},
  ) {
    const lead = person(name);
    const fingerprint = fingerprintOf(world, lead);
    const { connected = true, talkedAgoMs, byLead = false } = relation;
    if (!connected) world.relations.strangers.add(fingerprint);
    if (byLead) world.relations.fromLead.add(fingerprint);
    if (talkedAgoMs !== undefined) {
      world.relations.lastTalks.set(fingerprint, plus(world.clock.now(), -talkedAgoMs));
    }
    const { leadIds } = await launched(world, [lead], options);
    return (await show(leadIds[0]!)).enrollments[0]!;
  }

  it('skips the invitation of who is connected (S4-19)', async () => {
    const row = await statusWith('Near', {}, { type: 'connector' });
    expect(row).toMatchObject({ status: 'ready_to_message' });
    expect(row.nextActionId).toMatch(/\.2\.0$/);
  });

  it('waits three days after the last talk, or as long as the campaign says (S4-20, F089)', async () => {
    const row = await statusWith('Talked', { talkedAgoMs: 2 * dayMs });
    expect(row).toMatchObject({ status: 'cooldown', nextActionAt: plus(monday, dayMs) });
    const rules = { cooldownDays: 0 };
    await setLeadRules(world.ports, world.caller, { campaignId: '', expectedVersion: 0, rules });
    const again = await statusWith('TalkedToo', { talkedAgoMs: hourMs });
    expect(again).toMatchObject({ status: 'ready_to_message', nextActionAt: monday });
  });

  it('leaves who wrote first to a person (S4-21, F089)', async () => {
    const row = await statusWith('First', { talkedAgoMs: 9 * dayMs, byLead: true });
    expect(row).toMatchObject({ status: 'replied', nextActionId: '' });
  });

  it('knows from LinkedIn who wrote before, and who may not be invited again (F014, F057)', async () => {
    const lead = person('Before');
    const fingerprint = fingerprintOf(world, lead);
    const until = plus(monday, 9 * dayMs);
    world.relations.strangers.add(fingerprint);
    world.relations.answered.add(fingerprint);
    world.relations.locked.set(fingerprint, until);
    const { leadIds } = await launched(world, [lead], { type: 'connector' });
    const page = { leadId: leadIds[0]!, limit: 10, cursor: '' };
    const { items } = await listLeadEvents(world.ports, world.caller, page);
    const seen = items.find(({ type }) => type === 'RelationChecked');
    expect(seen?.data).toMatchObject({ repliedBefore: true, reinviteLockedUntil: until });
  });
});
