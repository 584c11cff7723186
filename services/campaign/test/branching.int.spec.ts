import { dayMs, hourMs } from '@overture/kernel';
import { listActions } from '../src/app/campaign-stats.js';
import { pauseLead, removeLead, resumeLead, simulateReply } from '../src/app/control-lead.js';
import {
  correctAcceptance,
  correctReply,
  retryActionOf,
  skipStep,
} from '../src/app/correct-lead.js';
import { completeTask, listTasks } from '../src/app/do-tasks.js';
import { intendAction } from '../src/app/intend-action.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import {
  approveDraft,
  decideDrafts,
  editDraft,
  getDraft,
  skipDraft,
} from '../src/app/review-drafts.js';
import { stageOf } from './branching-stage.js';
import {
  inScope,
  later,
  monday,
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

const { launchedFor, enrollmentOf, send, accept, connectedTo, drafts, control } = stageOf(
  () => world,
);

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

  it('is there once for a person, kind, step and day, whoever drafts again (S3-18)', async () => {
    const { campaignId } = await connectedTo('Twice');
    const { actionId } = (await drafts(campaignId))[0]!;
    const row = await inScope(world, (scope) => world.ports.drafts.find(scope, actionId));
    const again = { ...row!, actionId: `${actionId}-again` };
    const draft = inScope(world, (scope) => world.ports.drafts.save(scope, [again]));
    await expect(draft).rejects.toThrow('drafts_open');
    expect(await drafts(campaignId)).toHaveLength(1);
  });

  it('that was refused on LinkedIn is drafted and approved afresh when it is tried again (S2-39)', async () => {
    const { campaignId, leadId } = await connectedTo('Refused');
    const { actionId } = (await drafts(campaignId))[0]!;
    await approveDraft(world.ports, world.caller, { actionId });
    later(world, 2 * hourMs);
    const outcome = { type: 'rejected', label: 'INVALID_INPUT' } as const;
    await send(leadId, 'first_degree', outcome);
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'halted', reason: 'INVALID_INPUT' });
    await retryActionOf(world.ports, world.caller, { actionId, reason: 'shorter' });
    const [fresh] = await drafts(campaignId);
    expect(fresh?.actionId).toMatch(/\.2\.1$/);
    await approveDraft(world.ports, world.caller, { actionId: fresh!.actionId, text: 'Short' });
    expect(await send(leadId, 'first_degree')).toMatchObject({ text: 'Short' });
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
