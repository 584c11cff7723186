import { hourMs, instant, minuteMs, plus } from '@overture/kernel';
import { addLeads } from '../src/app/add-leads.js';
import { addDoNotContact, removeDoNotContact } from '../src/app/do-not-contact.js';
import { pauseLead, resumeLead, stopLead } from '../src/app/control-lead.js';
import { pauseIdentity, resumeIdentity } from '../src/app/identity-gates.js';
import { intendAction, type Intent } from '../src/app/intend-action.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { recordReply } from '../src/app/record-sightings.js';
import { pauseCampaign, resumeCampaign } from '../src/app/run-campaign.js';
import { createCampaign, updateCampaign } from '../src/app/campaigns.js';
import {
  inScope,
  later,
  launched,
  monday,
  person,
  settle,
  startWorld,
  type World,
} from './world.js';
import type { NewLead } from '../src/app/lead-details.js';

let world: World;
let names = 0;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clock.set({ mode: 'virtual', now: monday }));

async function oneLead(more: Partial<NewLead> = {}, identityId = `identity-${names}`) {
  const lead = person(`intent${names++}`, more);
  const { campaignId, leadIds } = await launched(world, [lead], { identityIds: [identityId] });
  const leadId = leadIds[0]!;
  const { enrollments } = await getLead(world.ports, world.caller, leadId);
  const { enrollmentId, nextActionId: actionId } = enrollments[0]!;
  const intent = (more: Partial<Intent> = {}): Intent => {
    const syncedAt = plus(world.clock.now(), -1_000);
    return { enrollmentId, actionId, epoch: 1, syncedAt, relation: 'first_degree', ...more };
  };
  return { campaignId, leadId, enrollmentId, actionId, identityId, intent };
}

const intend = (intent: Intent) => intendAction(world.ports, world.caller, intent);
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('An intent', () => {
  it('gives exactly what is to be sent, and records its hash (I11)', async () => {
    const { intent, leadId } = await oneLead({ firstName: 'Ada' });
    const answer = await intend(intent());
    expect(answer).toMatchObject({
      text: 'Hello Ada',
      profileUrl: expect.stringContaining('https://www.linkedin.com/in/intent') as string,
      kind: 'message',
      messageType: 'direct_message_1',
    });
    const { items } = await listLeadEvents(world.ports, world.caller, {
      leadId,
      limit: 50,
      cursor: '',
    });
    const recorded = items.find(({ type }) => type === 'ActionIntended');
    expect(recorded?.data).toMatchObject({ textSha256: answer.textSha256, epoch: 1 });
  });

  it('is the same when the same claim asks again, and appends nothing more', async () => {
    const { intent, leadId } = await oneLead();
    const first = await intend(intent());
    expect(await intend(intent())).toEqual(first);
    const wanted = { leadId, limit: 50, cursor: '' };
    const { items } = await listLeadEvents(world.ports, world.caller, wanted);
    expect(items.filter(({ type }) => type === 'ActionIntended')).toHaveLength(1);
  });

  it('is refused to a second claim while the first is not settled (I10)', async () => {
    const { intent } = await oneLead();
    await intend(intent());
    await expect(intend(intent({ epoch: 2 }))).rejects.toEqual(refusedWith('action/in-flight'));
  });

  it('is refused after a reply, whichever enrollment it came to (P5)', async () => {
    const { intent, leadId } = await oneLead();
    const reply = { leadId, messageId: 'm-1', repliedAt: monday, witness: 'sync' };
    await inScope(world, (scope) => recordReply(world.ports, scope, reply));
    await expect(intend(intent())).rejects.toEqual(refusedWith('enrollment/replied'));
  });

  it('is refused while its campaign is paused and given again after the resume', async () => {
    const { intent, campaignId } = await oneLead();
    await pauseCampaign(world.ports, world.caller, { campaignId, cause: 'holiday' });
    await expect(intend(intent())).rejects.toMatchObject({
      code: 'gate/closed',
      values: { kind: 'campaign', cause: 'holiday' },
    });
    await resumeCampaign(world.ports, world.caller, { campaignId });
    await expect(intend(intent())).resolves.toMatchObject({ kind: 'message' });
  });

  it('is refused while its identity is paused', async () => {
    const { intent, identityId } = await oneLead();
    const pause = { identityId, cause: 'restricted' };
    await inScope(world, (scope) => pauseIdentity(world.ports, scope, pause));
    await expect(intend(intent())).rejects.toEqual(refusedWith('gate/closed'));
    await inScope(world, (scope) => resumeIdentity(world.ports, scope, { identityId }));
    await settle(world);
    await expect(intend(intent())).resolves.toMatchObject({ kind: 'message' });
  });

  it('is refused for a person on do-not-contact, and given once they are off it (F054)', async () => {
    const { intent, leadId } = await oneLead();
    const { linkedinUrl } = await getLead(world.ports, world.caller, leadId);
    const entry = { linkedinUrl: `${linkedinUrl}/?x=1`, companyName: '', reason: 'asked' };
    const { entryId } = await addDoNotContact(world.ports, world.caller, entry);
    await expect(intend(intent())).rejects.toEqual(refusedWith('do-not-contact/listed'));
    await removeDoNotContact(world.ports, world.caller, entryId);
    await expect(intend(intent())).resolves.toMatchObject({ kind: 'message' });
  });

  it('is refused for everybody of a company on do-not-contact, however it is spelt (P17)', async () => {
    const { intent } = await oneLead({ companyName: 'Blocked  Works, GmbH' });
    const entry = { linkedinUrl: '', companyName: 'BLOCKED WORKS', reason: '' };
    await addDoNotContact(world.ports, world.caller, entry);
    await expect(intend(intent())).rejects.toEqual(refusedWith('do-not-contact/listed'));
  });

  it("is refused outside working hours of the lead's own zone (I4, S4-42)", async () => {
    const { intent } = await oneLead({ timeZone: 'America/Los_Angeles' });
    await expect(intend(intent())).rejects.toMatchObject({
      code: 'window/closed',
      values: { zone: 'America/Los_Angeles', until: '2026-03-02T17:00:00.000Z' },
    });
    later(world, 8 * hourMs);
    await expect(intend(intent())).resolves.toMatchObject({ kind: 'message' });
  });

  it('is refused on a public holiday where the lead is (I4, F037)', async () => {
    const { intent } = await oneLead({ timeZone: 'Africa/Addis_Ababa' });
    await expect(intend(intent())).rejects.toMatchObject({
      code: 'window/closed',
      values: { region: 'ET' },
    });
  });

  it('is refused when the conversation was looked at too long ago (I5)', async () => {
    const { intent } = await oneLead();
    const syncedAt = plus(world.clock.now(), -3 * minuteMs);
    await expect(intend(intent({ syncedAt }))).rejects.toEqual(refusedWith('sync/stale'));
  });

  it('is refused when the person is seen not to be connected (I6)', async () => {
    const { intent } = await oneLead();
    const stranger = intent({ relation: 'not_connected' });
    await expect(intend(stranger)).rejects.toEqual(refusedWith('relation/not-connected'));
  });

  it('is refused when a field of the text is missing: never a blank (F063, P05)', async () => {
    const { intent } = await leadWithout('{custom.seats} seats');
    await expect(intend(intent())).rejects.toMatchObject({
      code: 'text/missing-field',
      values: { missing: ['custom.seats'] },
    });
  });

  it('is refused for an action that was never planned, an old claim and an unknown lead', async () => {
    const { intent, enrollmentId } = await oneLead();
    const wrong = intent({ actionId: `${enrollmentId}.9.0` });
    await expect(intend(wrong)).rejects.toEqual(refusedWith('action/not-planned'));
    await expect(intend(intent({ epoch: 0 }))).rejects.toEqual(refusedWith('action/stale-epoch'));
    const nobody = intent({ enrollmentId: 'nobody' });
    await expect(intend(nobody)).rejects.toEqual(refusedWith('enrollment/not-found'));
  });

  it('is refused while the lead is paused or stopped by hand', async () => {
    const { intent, leadId } = await oneLead();
    const control = { leadId, enrollmentId: '', reason: 'on leave' };
    const paused = await pauseLead(world.ports, world.caller, control);
    expect(paused.enrollments[0]).toMatchObject({ status: 'paused', reason: 'on leave' });
    await expect(intend(intent())).rejects.toEqual(refusedWith('enrollment/paused'));
    const resumed = await resumeLead(world.ports, world.caller, control);
    expect(resumed.enrollments[0]).toMatchObject({ status: 'ready_to_message', reason: '' });
    await stopLead(world.ports, world.caller, control);
    await expect(intend(intent())).rejects.toEqual(refusedWith('enrollment/ended'));
  });
});

async function leadWithout(text: string) {
  const sequence = { steps: [{ kind: 'message', delayMs: 0, text } as const] };
  const wanted = { name: 'Fields', type: 'messenger', identityIds: ['i'], sequence };
  const { campaignId } = await createCampaign(world.ports, world.caller, wanted);
  // A launch would refuse; who comes after the launch is held at the intent.
  await launchCampaign(world.ports, world.caller, { campaignId, expectedVersion: 0 });
  const leads = [person(`field${names++}`)];
  const [added] = await addLeads(world.ports, world.caller, { campaignId, leads });
  await launchCampaign(world.ports, world.caller, { campaignId, expectedVersion: 0 });
  const { enrollments } = await getLead(world.ports, world.caller, added!.leadId);
  const { enrollmentId, nextActionId } = enrollments[0]!;
  const syncedAt = world.clock.now();
  const known = { enrollmentId, actionId: nextActionId, epoch: 1, syncedAt };
  return { intent: (): Intent => ({ ...known, relation: 'first_degree' }) };
}

it('keeps a working-hours change for the next intent (S2-36)', async () => {
  const { intent, campaignId } = await oneLead();
  const schedule = {
    windows: [{ weekdays: [7], from: '09:00', until: '10:00' }],
    fallbackZone: 'Etc/UTC',
    daysOff: [],
  };
  const change = { campaignId, expectedVersion: 0, name: '', schedule };
  await updateCampaign(world.ports, world.caller, change);
  await expect(intend(intent())).rejects.toMatchObject({
    code: 'window/closed',
    values: { until: instant('2026-03-08T09:00:00Z') },
  });
});
