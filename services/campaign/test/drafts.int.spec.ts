import { dayMs, hourMs } from '@overture/kernel';
import { retryActionOf } from '../src/app/correct-lead.js';
import { intendAction } from '../src/app/intend-action.js';
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
  onMonday,
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
  world = onMonday(world);
});

const { launchedFor, enrollmentOf, send, accept, connectedTo, drafts } = stageOf(() => world);

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
