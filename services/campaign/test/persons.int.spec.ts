import { dayMs, hourMs, minuteMs, plus } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { setLeadRules } from '../src/app/lead-rules.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { separateLead } from '../src/app/merge-leads.js';
import { retryLead, stopLead } from '../src/app/control-lead.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { recordAcceptance, recordReply } from '../src/app/record-sightings.js';
import { recognize } from '../src/app/recognize-person.js';
import {
  fingerprintOf,
  inScope,
  later,
  launched,
  monday,
  newCampaign,
  otherWorkspace,
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
  world = otherWorkspace(world);
  world.clock.set({ mode: 'virtual', now: monday });
});

const memberId = 'fingerprint-of-member-id';

const learn = (leadId: string, ...fingerprints: string[]) =>
  inScope(world, (scope) => recognize(world.ports, scope, { leadId, fingerprints }));
const show = (leadId: string) => getLead(world.ports, world.caller, leadId);
const statusOf = async (leadId: string) => {
  const { status, reason } = (await show(leadId)).enrollments[0]!;
  return [status, reason];
};
const separate = (leadId: string) =>
  separateLead(world.ports, world.caller, { leadId, reason: 'namesakes' });

async function intend(leadId: string) {
  const { enrollmentId, nextActionId: actionId } = (await show(leadId)).enrollments[0]!;
  const intent = { enrollmentId, actionId, epoch: 1, syncedAt: world.clock.now() };
  return intendAction(world.ports, world.caller, { ...intent, relation: 'first_degree' });
}

/** The same person as two leads: under an old handle and a new one. */
async function renamed(
  options: Parameters<typeof newCampaign>[1] = {},
): Promise<{ older: string; younger: string }> {
  const { leadIds: first } = await launched(world, [person('Old')], options);
  later(world, minuteMs);
  const { leadIds: second } = await launched(world, [person('Renamed')], options);
  return { older: first[0]!, younger: second[0]! };
}

async function prove(older: string, younger: string) {
  await learn(older, memberId);
  await learn(younger, memberId);
}

describe('Two leads who prove to be one person (F047, P18, P23)', () => {
  it('are shown as such, the younger as the duplicate, and only one is worked (I9)', async () => {
    const { older, younger } = await renamed();
    const before = (await show(older)).enrollments[0];
    await prove(older, younger);
    expect(await show(younger)).toMatchObject({ duplicateOf: older, version: 2 });
    expect((await show(older)).duplicateOf).toBe('');
    expect(await statusOf(younger)).toEqual(['paused', 'duplicate_of_lead']);
    expect((await show(older)).enrollments[0]).toMatchObject({
      status: before!.status,
      nextActionAt: before!.nextActionAt,
    });
    await expect(intend(older)).resolves.toMatchObject({ kind: 'message' });
  });

  it('are the same whichever of them learns the name last', async () => {
    const { older, younger } = await renamed();
    await learn(younger, memberId);
    await learn(older, memberId);
    expect((await show(younger)).duplicateOf).toBe(older);
  });

  it('stay apart in their work when neither is in the way of the other', async () => {
    const { older, younger } = await renamed();
    await inScope(world, (scope) =>
      recordReply(world.ports, scope, {
        leadId: older,
        messageId: 'm-1',
        repliedAt: world.clock.now(),
        witness: 'sync',
      }),
    );
    await prove(older, younger);
    expect((await show(younger)).duplicateOf).toBe(older);
    expect(await statusOf(younger)).toEqual(['ready_to_message', '']);
  });

  it('are not both worked in one campaign, even when the first is through with it', async () => {
    const { campaignId, leadIds } = await launched(world, [person('Old')]);
    later(world, minuteMs);
    const leads = [person('Renamed')];
    const [added] = await addLeads(world.ports, world.caller, { campaignId, leads });
    const [older = '', younger = ''] = [leadIds[0], added?.leadId];
    await settle(world);
    await inScope(world, (scope) =>
      recordReply(world.ports, scope, {
        leadId: older,
        messageId: 'm-1',
        repliedAt: world.clock.now(),
        witness: 'sync',
      }),
    );
    await prove(older, younger);
    expect(await statusOf(younger)).toEqual(['paused', 'duplicate_of_lead']);
    expect((await show(younger)).duplicateOf).toBe(older);
    await settle(world);
    expect(await statusOf(younger)).toEqual(['stopped', 'duplicate_of_lead']);
  });

  it('stop together when one of them replies (F084, F100)', async () => {
    const { older, younger } = await renamed();
    await prove(older, younger);
    const reply = { messageId: 'm-2', repliedAt: world.clock.now(), witness: 'sync' };
    await inScope(world, (scope) => recordReply(world.ports, scope, { leadId: younger, ...reply }));
    expect(await statusOf(older)).toEqual(['replied', 'replied']);
    expect(await statusOf(younger)).toEqual(['replied', 'replied']);
  });

  it('are one in do-not-contact: an entry for one name means both (I2)', async () => {
    const { older, younger } = await renamed();
    await prove(older, younger);
    const { linkedinUrl } = person('Renamed');
    await addDoNotContact(world.ports, world.caller, { linkedinUrl, reason: 'asked' });
    await expect(intend(older)).rejects.toMatchObject({ code: 'do-not-contact/listed' });
    await settle(world);
    expect(await statusOf(older)).toEqual(['stopped', 'do-not-contact/listed']);
    expect(await statusOf(younger)).toEqual(['stopped', 'do-not-contact/listed']);
  });

  it('are one when they are added again, under any of their names', async () => {
    const { older, younger } = await renamed();
    await prove(older, younger);
    const campaignId = await newCampaign(world);
    const leads = [person('Renamed'), person('Old')];
    const added = await addLeads(world.ports, world.caller, { campaignId, leads });
    expect(added).toMatchObject([
      { verdict: 'duplicate', leadId: older },
      { verdict: 'duplicate', leadId: older },
    ]);
  });

  it('are separated again when they were two, exactly where they stood (M14)', async () => {
    const { older, younger } = await renamed();
    const [before] = (await show(younger)).enrollments;
    await prove(older, younger);
    const lead = await separate(younger);
    expect(lead).toMatchObject({ duplicateOf: '', version: 3 });
    const { version: _, ...stood } = before!;
    expect(lead.enrollments[0]).toMatchObject(stood);
    await learn(younger, memberId);
    expect((await show(younger)).duplicateOf).toBe('');
    expect(await separate(younger)).toMatchObject({ version: 3 });
    await expect(separate(older)).rejects.toMatchObject({ code: 'lead/not-merged' });
  });

  it('become three when a third is the oldest of them', async () => {
    const { leadIds } = await launched(world, [person('Oldest')]);
    later(world, minuteMs);
    const { older, younger } = await renamed();
    await prove(older, younger);
    await learn(leadIds[0]!, 'numeric-id');
    await learn(younger, 'numeric-id');
    expect((await show(older)).duplicateOf).toBe(leadIds[0]);
    expect((await show(younger)).duplicateOf).toBe(leadIds[0]);
  });

  it('are recognised by what the check of the relation shows, before the younger is begun', async () => {
    const { leadIds } = await launched(world, [person('Old')]);
    const [older = ''] = leadIds;
    await learn(older, memberId);
    later(world, minuteMs);
    const renamedTo = person('Renamed');
    const name = fingerprintOf(world, renamedTo);
    world.relations.namesSeen.set(name, [name, memberId]);
    const { leadIds: added } = await launched(world, [renamedTo]);
    expect(await show(added[0]!)).toMatchObject({
      duplicateOf: older,
      enrollments: [{ status: 'paused', reason: 'duplicate_of_lead', launchOutcome: '' }],
    });
    await expect(intend(older)).resolves.toMatchObject({ kind: 'message' });
    await separate(added[0]!);
    world.relations.namesSeen.clear();
    await settle(world);
    expect(await statusOf(added[0]!)).toEqual(['ready_to_message', '']);
  });

  it('are recognised when both are begun at once', async () => {
    const both = [person('Old'), person('Renamed')];
    for (const lead of both) {
      const name = fingerprintOf(world, lead);
      world.relations.namesSeen.set(name, [name, memberId]);
    }
    const { leadIds } = await launched(world, both);
    const shown = [await show(leadIds[0]!), await show(leadIds[1]!)];
    expect(shown.filter(({ duplicateOf }) => duplicateOf !== '')).toHaveLength(1);
    const statuses = shown.map(({ enrollments }) => enrollments[0]!.status);
    expect(statuses.sort()).toEqual(['paused', 'ready_to_message']);
  });

  it('are recognised by what an acceptance shows of them', async () => {
    const { older, younger } = await renamed();
    await learn(older, memberId);
    const seen = { identityId: 'identity-1', acceptedAt: monday, witness: 'connections' };
    await inScope(world, (scope) =>
      recordAcceptance(world.ports, scope, { ...seen, leadId: younger, fingerprints: [memberId] }),
    );
    expect((await show(younger)).duplicateOf).toBe(older);
  });

  it('merge once when both learn at the same time', async () => {
    const { older, younger } = await renamed();
    await Promise.all([learn(older, 'a', 'b'), learn(younger, 'b', 'a')]);
    await Promise.all([learn(older, 'a', 'b'), learn(younger, 'b', 'a')]);
    expect(await show(younger)).toMatchObject({ duplicateOf: older, version: 2 });
  });
});

describe('A retry', () => {
  it('is refused while another campaign works the person (I9)', async () => {
    const { leadIds, campaignId } = await launched(world, [person('Ada')]);
    const [leadId = ''] = leadIds;
    const { enrollmentId, nextActionId: actionId } = (await show(leadId)).enrollments[0]!;
    await intend(leadId);
    const gone = { type: 'rejected', label: 'PROFILE_NOT_ACCESSIBLE' } as const;
    await inScope(world, (scope) =>
      recordOutcome(world.ports, scope, { enrollmentId, actionId, epoch: 1 }, gone),
    );
    later(world, minuteMs);
    const second = await launched(world, [person('Ada')]);
    const control = { leadId, enrollmentId, reason: 'again' };
    await expect(retryLead(world.ports, world.caller, control)).rejects.toMatchObject({
      code: 'person/worked-elsewhere',
    });
    const { enrollments } = await show(leadId);
    const other = enrollments.find((row) => row.campaignId === second.campaignId)!;
    const stop = { leadId, enrollmentId: other.enrollmentId, reason: '' };
    await stopLead(world.ports, world.caller, stop);
    const { enrollments: after } = await retryLead(world.ports, world.caller, control);
    expect(after.find((row) => row.campaignId === campaignId)!.endedAt).toBeFalsy();
  });
});

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
