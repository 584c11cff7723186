import { dayMs } from '@overture/kernel';
import type { SequenceDraft } from '@overture/domain-campaign';
import { addLeads } from '../src/app/add-leads.js';
import { getCampaign, updateCampaign } from '../src/app/campaigns.js';
import { moveLeads, previewMoves, undoMove } from '../src/app/move-leads.js';
import { rebuildViews } from '../src/app/rebuild-views.js';
import { approveDraft, skipDraft } from '../src/app/review-drafts.js';
import {
  cloneCampaign,
  exportSequence,
  importSequence,
  listVersions,
} from '../src/app/sequence-versions.js';
import { sequence, stageOf } from './branching-stage.js';
import {
  fingerprintOf,
  inScope,
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

const { enrollmentOf, connectedTo, drafts } = stageOf(() => world);

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

async function tableRows(table: 'enrollments' | 'actions' | 'sequences' | 'campaigns') {
  return inScope(world, async ({ tx, tenantId }) => {
    const { rows } = await tx.query(
      `select * from ${table} where tenant_id = $1 order by 2, 3, 4`,
      [tenantId],
    );
    return rows;
  });
}

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
