import { dayMs, hourMs } from '@overture/kernel';
import type { SequenceDraft } from '@overture/domain-campaign';
import { addLeads } from '../src/app/add-leads.js';
import { createCampaign, getCampaign, updateCampaign } from '../src/app/campaigns.js';
import { listActions } from '../src/app/campaign-stats.js';
import { correctAcceptance, correctReply, skipStep } from '../src/app/correct-lead.js';
import { pauseLead, removeLead, resumeLead, simulateReply } from '../src/app/control-lead.js';
import { completeTask, listTasks } from '../src/app/do-tasks.js';
import { intendAction } from '../src/app/intend-action.js';
import { launchCampaign } from '../src/app/launch-campaign.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { moveLeads, previewMoves, undoMove } from '../src/app/move-leads.js';
import { rebuildViews } from '../src/app/rebuild-views.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { recordAcceptance } from '../src/app/record-sightings.js';
import {
  approveDraft,
  decideDrafts,
  editDraft,
  getDraft,
  listDrafts,
  skipDraft,
} from '../src/app/review-drafts.js';
import {
  cloneCampaign,
  exportSequence,
  importSequence,
  listVersions,
} from '../src/app/sequence-versions.js';
import type { NewLead } from '../src/app/lead-details.js';
import {
  fingerprintOf,
  inScope,
  later,
  monday,
  otherWorkspace,
  person,
  settle,
  startWorld,
  type World,
} from './world.js';

/** invite → accepted within 14 days? yes: hello (reviewed) → nudge · no: vip? yes: call → take back · no: take back */
const sequence: SequenceDraft = {
  steps: [
    { id: 'invite', kind: 'connect', delayMs: 0, text: 'Hi {first_name}' },
    {
      id: 'accepted',
      kind: 'branch',
      delayMs: 0,
      text: '',
      branch: { when: 'accepted_within', days: 14, yes: 'hello', no: 'vip' },
    },
    { id: 'hello', kind: 'message', delayMs: hourMs, text: 'Thanks, {first_name}', review: true },
    { id: 'nudge', kind: 'message', delayMs: 3 * dayMs, text: 'Still there?', next: 'end' },
    {
      id: 'vip',
      kind: 'branch',
      delayMs: 0,
      text: '',
      branch: {
        when: 'field',
        name: 'title',
        op: 'contains',
        value: 'chief',
        yes: 'call',
        no: 'back',
      },
    },
    { id: 'call', kind: 'task', delayMs: 0, text: 'Call {first_name}' },
    { id: 'back', kind: 'withdraw', delayMs: 0, text: '', next: 'end' },
  ],
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = otherWorkspace(world);
  world.clock.set({ mode: 'virtual', now: monday });
});

async function launchedFor(...leads: NewLead[]) {
  const { ports, caller } = world;
  for (const lead of leads) world.relations.strangers.add(fingerprintOf(world, lead));
  const wanted = { name: 'Branching', type: 'connector', identityIds: ['identity-1'], sequence };
  const { campaignId } = await createCampaign(ports, caller, wanted);
  const added = await addLeads(ports, caller, { campaignId, leads });
  await launchCampaign(ports, caller, { campaignId, expectedVersion: 0 });
  return { campaignId, leadIds: added.map(({ leadId }) => leadId) };
}

async function enrollmentOf(leadId: string) {
  const { enrollments } = await getLead(world.ports, world.caller, leadId);
  return enrollments[0]!;
}

/** The sender asks for the next action of a lead and does it. */
async function send(leadId: string, relation: 'first_degree' | 'pending' | 'not_connected') {
  const { enrollmentId, nextActionId: actionId } = await enrollmentOf(leadId);
  const claim = { enrollmentId, actionId, epoch: 1 };
  const intent = { ...claim, syncedAt: world.clock.now(), relation };
  const authorised = await intendAction(world.ports, world.caller, intent);
  const outcome = { type: 'accepted', alreadyConnected: false } as const;
  await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, outcome));
  return authorised;
}

async function accept(leadId: string) {
  const acceptedAt = world.clock.now();
  const seen = { identityId: 'identity-1', leadId, acceptedAt, witness: 'sync', fingerprints: [] };
  await inScope(world, (scope) => recordAcceptance(world.ports, scope, seen));
}

async function connectedTo(name: string) {
  const { campaignId, leadIds } = await launchedFor(person(name));
  const leadId = leadIds[0]!;
  await send(leadId, 'not_connected');
  await accept(leadId);
  return { campaignId, leadId };
}

const drafts = async (campaignId: string, status = '') =>
  (await listDrafts(world.ports, world.caller, { campaignId, status, limit: 50, cursor: '' }))
    .items;

const control = (leadId: string, reason = 'asked') => ({ leadId, enrollmentId: '', reason });

async function tableRows(table: 'enrollments' | 'actions' | 'sequences' | 'campaigns') {
  return inScope(world, async ({ tx, tenantId }) => {
    const { rows } = await tx.query(
      `select * from ${table} where tenant_id = $1 order by 2, 3, 4`,
      [tenantId],
    );
    return rows;
  });
}

describe('A branching campaign', () => {
  it('takes each lead its way: the accepted are written to, the others called and taken back (F012..F014)', async () => {
    const { campaignId, leadIds } = await launchedFor(
      person('Yes'),
      person('No', { title: 'Chief of Staff' }),
    );
    const [yes, no] = leadIds as [string, string];
    for (const leadId of leadIds) await send(leadId, 'not_connected');
    expect(await enrollmentOf(yes)).toMatchObject({
      status: 'invited',
      reason: 'await_acceptance',
    });
    await accept(yes);
    expect(await enrollmentOf(yes)).toMatchObject({ reason: 'await_review', stepId: 'hello' });
    later(world, 14 * dayMs);
    await settle(world);
    expect(await enrollmentOf(no)).toMatchObject({ reason: 'await_task', stepId: 'call' });
    const tasks = await listTasks(world.ports, world.caller, {
      campaignId,
      status: '',
      limit: 9,
      cursor: '',
    });
    expect(tasks.items).toMatchObject([{ text: 'Call No', leadId: no }]);
    await completeTask(world.ports, world.caller, tasks.items[0]!.actionId);
    await send(no, 'pending');
    expect(await enrollmentOf(no)).toMatchObject({ status: 'completed' });
    const history = await listLeadEvents(world.ports, world.caller, {
      leadId: no,
      limit: 50,
      cursor: '',
    });
    expect(JSON.stringify(history.items)).not.toContain('Chief');
  });

  it('passes over what its lead can no longer reach, with the reason (F055, S2-26)', async () => {
    const { campaignId } = await connectedTo('Rows');
    const wanted = { campaignId, identityId: '', status: '', limit: 50, cursor: '' };
    const { items } = await listActions(world.ports, world.caller, wanted);
    const shown = Object.fromEntries(
      items.map(({ stepId, status, reason }) => [stepId, [status, reason]]),
    );
    expect(shown).toEqual({
      invite: ['sent', ''],
      hello: ['drafted', ''],
      nudge: ['waiting', ''],
      call: ['dropped', 'branch'],
      back: ['dropped', 'branch'],
    });
  });

  it('remembers whom it withdrew from: another campaign invites no sooner than three weeks later (F014, P21)', async () => {
    const ada = person('Locked');
    const { leadIds } = await launchedFor(ada);
    await send(leadIds[0]!, 'not_connected');
    later(world, 14 * dayMs);
    await settle(world);
    await send(leadIds[0]!, 'pending');
    await settle(world);
    await launchedFor(ada);
    const { enrollments } = await getLead(world.ports, world.caller, leadIds[0]!);
    const again = enrollments.find(({ endedAt }) => !endedAt)!;
    expect(Date.parse(again.nextActionAt!) - Date.parse(monday)).toBe(35 * dayMs);
  });
});

describe('A draft', () => {
  it('shows exactly what would be sent, to whom and why, and is kept sealed (F066, F069, S3-50)', async () => {
    const { campaignId, leadId } = await connectedTo('Shown');
    const [draft] = await drafts(campaignId);
    expect(draft).toMatchObject({
      leadId,
      rendered: { text: 'Thanks, Shown' },
      status: 'drafted',
      dayOffset: 0,
      problem: '',
    });
    const stored = await inScope(
      world,
      async ({ tx }) => (await tx.query('select * from drafts')).rows,
    );
    expect(JSON.stringify(stored)).not.toContain('Thanks');
  });

  it('is edited, approved by a named person and sent word for word (F070, I11, S3-15)', async () => {
    const { campaignId, leadId } = await connectedTo('Edited');
    const { actionId } = (await drafts(campaignId))[0]!;
    await editDraft(world.ports, world.caller, { actionId, text: 'Good to know you' });
    const approved = await approveDraft(world.ports, world.caller, { actionId });
    expect(approved).toMatchObject({ status: 'planned', approvedBy: 'test', approvedAt: monday });
    later(world, 2 * hourMs);
    expect(await send(leadId, 'first_degree')).toMatchObject({ text: 'Good to know you' });
    expect(await getDraft(world.ports, world.caller, actionId)).toMatchObject({ status: 'sent' });
    expect(await enrollmentOf(leadId)).toMatchObject({ stepId: 'nudge', status: 'messaging' });
  });

  it('may be edited and approved in one, many at once with one result each (F116)', async () => {
    const { campaignId, leadIds } = await launchedFor(person('BulkA'), person('BulkB'));
    for (const leadId of leadIds) {
      await send(leadId, 'not_connected');
      await accept(leadId);
    }
    const ids = (await drafts(campaignId)).map(({ actionId }) => actionId);
    await approveDraft(world.ports, world.caller, { actionId: ids[0]!, text: 'Other words' });
    const decided = await decideDrafts(world.ports, world.caller, {
      decision: 'approve',
      actionIds: [...ids, 'nobody.0.0'],
      reason: '',
    });
    expect(decided.map(({ result, code }) => [result, code])).toEqual([
      ['done', ''],
      ['done', ''],
      ['refused', 'draft/not-found'],
    ]);
    expect(await drafts(campaignId)).toEqual([]);
  });

  it('is skipped with a reason, and the lead goes on (S3-21)', async () => {
    const { campaignId, leadId } = await connectedTo('Skipped');
    const { actionId } = (await drafts(campaignId))[0]!;
    await skipDraft(world.ports, world.caller, { actionId, reason: 'met her' });
    expect(await enrollmentOf(leadId)).toMatchObject({ stepId: 'nudge', reason: '' });
    expect(await getDraft(world.ports, world.caller, actionId)).toMatchObject({
      status: 'dropped',
      reason: 'met her',
    });
  });

  it('expires by itself after seven days and is never sent (F071, S3-42, I15)', async () => {
    const { campaignId, leadId } = await connectedTo('Cold');
    const { actionId } = (await drafts(campaignId))[0]!;
    await approveDraft(world.ports, world.caller, { actionId });
    later(world, 7 * dayMs + hourMs);
    const { enrollmentId } = await enrollmentOf(leadId);
    const intent = { enrollmentId, actionId, epoch: 1, syncedAt: world.clock.now() };
    await expect(
      intendAction(world.ports, world.caller, { ...intent, relation: 'first_degree' }),
    ).rejects.toMatchObject({ code: 'draft/expired' });
    await settle(world);
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'halted', reason: 'draft_expired' });
  });

  it('of another workspace is as unknown as one that nobody has (P10)', async () => {
    const { campaignId } = await connectedTo('Theirs');
    const { actionId } = (await drafts(campaignId))[0]!;
    const stranger = otherWorkspace(world);
    await expect(approveDraft(stranger.ports, stranger.caller, { actionId })).rejects.toThrow(
      'draft',
    );
  });
});

describe('Versions (F016, M10, P16)', () => {
  const revised: SequenceDraft = {
    steps: sequence.steps.map((step) =>
      step.id === 'nudge' ? { ...step, delayMs: 5 * dayMs, text: 'One last word' } : step,
    ),
  };

  it('of a launched campaign are added; who is moved on purpose lands as the preview said, and back again', async () => {
    const { campaignId, leadId } = await connectedTo('Moved');
    const { actionId } = (await drafts(campaignId))[0]!;
    await skipDraft(world.ports, world.caller, { actionId, reason: '' });
    const before = await enrollmentOf(leadId);
    const change = { campaignId, expectedVersion: 0, name: '', sequence: revised };
    await updateCampaign(world.ports, world.caller, change);
    const versions = () => listVersions(world.ports, world.caller, campaignId);
    expect(await versions()).toMatchObject([
      { sequence: { version: 2 }, newest: true, leads: 0 },
      { sequence: { version: 1 }, newest: false, leads: 1 },
    ]);
    const wanted = {
      campaignId,
      fromVersion: 1,
      toVersion: 0,
      leadIds: [],
      reason: 'better words',
    };
    const preview = await previewMoves(world.ports, world.caller, wanted);
    expect(preview.landings).toMatchObject([{ leadId, lands: 'same_step', stepId: 'nudge' }]);
    expect(await enrollmentOf(leadId)).toEqual(before);
    const { moveId, moved } = await moveLeads(world.ports, world.caller, wanted);
    expect(moved).toBe(1);
    const after = await enrollmentOf(leadId);
    expect(after).toMatchObject({ sequenceVersion: 2, stepId: 'nudge' });
    expect(Date.parse(after.nextActionAt!) - Date.parse(before.nextActionAt!)).toBe(2 * dayMs);
    const undone = await undoMove(world.ports, world.caller, { campaignId, moveId, reason: 'no' });
    expect(undone.moved).toBe(1);
    const back = await enrollmentOf(leadId);
    expect(back).toMatchObject({
      sequenceVersion: 1,
      status: before.status,
      nextActionAt: before.nextActionAt,
    });
  });

  it('are followed by new leads from then on', async () => {
    const { campaignId } = await connectedTo('Older');
    const change = { campaignId, expectedVersion: 0, name: '', sequence: revised };
    await updateCampaign(world.ports, world.caller, change);
    const newer = person('Newer');
    world.relations.strangers.add(fingerprintOf(world, newer));
    const [added] = await addLeads(world.ports, world.caller, { campaignId, leads: [newer] });
    await settle(world);
    expect(await enrollmentOf(added!.leadId)).toMatchObject({ sequenceVersion: 2 });
  });
});

describe('Corrections (M14, P03)', () => {
  it('of a false reply bring back the draft with its words', async () => {
    const { campaignId, leadId } = await connectedTo('OutOfOffice');
    const { actionId } = (await drafts(campaignId))[0]!;
    await editDraft(world.ports, world.caller, { actionId, text: 'My own words' });
    await simulateReply(world.ports, world.caller, control(leadId));
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'replied' });
    expect(await drafts(campaignId)).toEqual([]);
    await correctReply(world.ports, world.caller, { ...control(leadId), messageId: '' });
    expect(await enrollmentOf(leadId)).toMatchObject({
      status: 'connected',
      reason: 'await_review',
    });
    expect((await drafts(campaignId))[0]).toMatchObject({ rendered: { text: 'My own words' } });
  });

  it('of a wrong acceptance wait for it again', async () => {
    const { leadId } = await connectedTo('WrongOne');
    await correctAcceptance(world.ports, world.caller, control(leadId));
    expect(await enrollmentOf(leadId)).toMatchObject({
      status: 'invited',
      reason: 'await_acceptance',
    });
  });
});

describe('One lead by hand (F018)', () => {
  it('is paused, resumed, sent on and removed, each with a reason and a name', async () => {
    const { campaignId, leadId } = await connectedTo('Handled');
    await pauseLead(world.ports, world.caller, control(leadId, 'on holiday'));
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'paused', reason: 'on holiday' });
    await resumeLead(world.ports, world.caller, control(leadId, 'is back'));
    await skipStep(world.ports, world.caller, control(leadId, 'said it on the phone'));
    expect(await enrollmentOf(leadId)).toMatchObject({ stepId: 'nudge' });
    await removeLead(world.ports, world.caller, control(leadId, 'wrong person'));
    expect(await enrollmentOf(leadId)).toMatchObject({
      status: 'stopped',
      reason: 'removed: wrong person',
    });
    const { items } = await listLeadEvents(world.ports, world.caller, {
      leadId,
      limit: 50,
      cursor: '',
    });
    const said = JSON.stringify(items.map(({ data }) => data));
    for (const reason of ['on holiday', 'is back', 'said it on the phone', 'wrong person']) {
      expect(said).toContain(reason);
    }
    expect(items.every(({ meta }) => meta.actor === 'test')).toBe(true);
    expect(await drafts(campaignId)).toEqual([]);
  });
});

describe('A campaign as a pattern (F017)', () => {
  it('is cloned as a draft with everything but its leads', async () => {
    const { campaignId } = await connectedTo('Pattern');
    const wanted = { campaignId, name: '', identityIds: [] };
    const copy = await cloneCampaign(world.ports, world.caller, wanted);
    expect(copy).toMatchObject({ name: 'Branching copy', status: 'draft', type: 'connector' });
    expect(copy.sequence.steps).toEqual(sequence.steps);
  });

  it('gives its sequence as a file and takes one, naming what is wrong with it', async () => {
    const { campaignId } = await connectedTo('Filed');
    const file = await exportSequence(world.ports, world.caller, { campaignId, version: 1 });
    const clone = { campaignId, name: 'Other', identityIds: [] };
    const other = (await cloneCampaign(world.ports, world.caller, clone)).campaignId;
    const steps = file.steps.map((step) => (step.id === 'nudge' ? { ...step, text: 'Bye' } : step));
    const put = (content: object) =>
      importSequence(world.ports, world.caller, {
        campaignId: other,
        fileJson: JSON.stringify(content),
        expectedVersion: 0,
      });
    expect((await put({ ...file, steps })).sequence.steps[3]).toMatchObject({ text: 'Bye' });
    await expect(put({ ...file, steps: [{ kind: 'dance' }] })).rejects.toMatchObject({
      problems: [
        { path: '/steps/0/delayMs' },
        { path: '/steps/0/text' },
        { path: '/steps/0/kind' },
      ],
    });
    await expect(put({ ...file, type: 'messenger' })).rejects.toMatchObject({
      problems: [{ path: '/type' }],
    });
  });
});

it('Every view is made anew from its events, with all versions and ways (I13)', async () => {
  const { campaignId, leadId } = await connectedTo('Rebuilt');
  const { actionId } = (await drafts(campaignId))[0]!;
  await approveDraft(world.ports, world.caller, { actionId });
  await updateCampaign(world.ports, world.caller, {
    campaignId,
    expectedVersion: 0,
    name: '',
    sequence: { ...sequence, lateAcceptance: 'park' },
    settings: { dailyCaps: { connect: 5 } },
  });
  const before = await Promise.all(
    (['enrollments', 'actions', 'sequences', 'campaigns'] as const).map(tableRows),
  );
  await rebuildViews(world.ports, world.caller);
  const after = await Promise.all(
    (['enrollments', 'actions', 'sequences', 'campaigns'] as const).map(tableRows),
  );
  expect(after).toEqual(before);
  expect((await getCampaign(world.ports, world.caller, campaignId)).settings).toEqual({
    dailyCaps: { connect: 5 },
  });
  expect(await enrollmentOf(leadId)).toMatchObject({ stepId: 'hello' });
});
