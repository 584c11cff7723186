import { minuteMs } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact } from '../src/app/do-not-contact.js';
import { intendAction } from '../src/app/intend-action.js';
import { getLeadRules, setLeadRules } from '../src/app/lead-rules.js';
import { getLead } from '../src/app/leads.js';
import { separateLead } from '../src/app/merge-leads.js';
import { retryLead, stopLead } from '../src/app/control-lead.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { recordAcceptance, recordReply } from '../src/app/record-sightings.js';
import { rebuildViews } from '../src/app/rebuild-views.js';
import { recognize } from '../src/app/recognize-person.js';
import {
  fingerprintOf,
  inScope,
  later,
  launched,
  monday,
  newCampaign,
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
    const [older, younger] = [leadIds[0]!, added!.leadId];
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

it('Whose duplicate a lead is, and the rules, are the fold of their events (I13)', async () => {
  const { older, younger } = await renamed();
  await prove(older, younger);
  const rules = { campaignId: '', expectedVersion: 0, rules: { cooldownDays: 9 } };
  await setLeadRules(world.ports, world.caller, rules);
  await inScope(world, async ({ tx, tenantId }) => {
    await tx.query(`delete from lead_rules where tenant_id = $1`, [tenantId]);
    await tx.query(`update leads set duplicate_of = '', version = 1 where tenant_id = $1`, [
      tenantId,
    ]);
  });
  await rebuildViews(world.ports, world.caller);
  expect(await show(younger)).toMatchObject({ duplicateOf: older, version: 2 });
  expect(await getLeadRules(world.ports, world.caller, '')).toMatchObject({
    cooldownDays: 9,
    version: 2,
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
