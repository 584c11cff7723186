import { hourMs } from '@overture/kernel';
import { pauseLead, removeLead, resumeLead, simulateReply } from '../src/app/control-lead.js';
import {
  correctAcceptance,
  correctReply,
  retryActionOf,
  skipStep,
} from '../src/app/correct-lead.js';
import { listLeadEvents } from '../src/app/leads.js';
import { approveDraft, editDraft } from '../src/app/review-drafts.js';
import { stageOf } from './branching-stage.js';
import { later, onMonday, person, startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = onMonday(world);
});

const { launchedFor, enrollmentOf, send, connectedTo, drafts, control } = stageOf(() => world);

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
    const hello = { ...control(leadId, 'said it on the phone'), stepId: 'hello' };
    await skipStep(world.ports, world.caller, hello);
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

  it('leaves out the step that is named, once, however often the call is repeated (F018, F112)', async () => {
    const { leadId } = await connectedTo('Repeated');
    expect(await enrollmentOf(leadId)).toMatchObject({ stepId: 'hello' });
    const hello = { ...control(leadId, 'by phone'), stepId: 'hello' };
    const first = await skipStep(world.ports, world.caller, hello);
    expect(first.enrollments[0]).toMatchObject({ stepId: 'nudge' });
    expect(await skipStep(world.ports, world.caller, hello)).toEqual(first);
    const both = [1, 2].map(() => skipStep(world.ports, world.caller, hello));
    expect(await Promise.all(both)).toEqual([first, first]);
  });

  it('refuses to leave out a step at which the lead does not stand, and one that is not named', async () => {
    const { leadId } = await connectedTo('Elsewhere');
    const before = await enrollmentOf(leadId);
    const skip = (stepId: string) =>
      skipStep(world.ports, world.caller, { ...control(leadId), stepId });
    await expect(skip('nudge')).rejects.toMatchObject({
      code: 'step/elsewhere',
      values: { stepId: 'hello' },
    });
    await expect(skip('')).rejects.toMatchObject({ problems: [{ path: '/stepId' }] });
    expect(await enrollmentOf(leadId)).toEqual(before);
  });

  it('shows the branch at which it waits as the step that may be left out (F018)', async () => {
    const { leadIds } = await launchedFor(person('Waiting'));
    const leadId = leadIds[0]!;
    await send(leadId, 'not_connected');
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'invited', stepId: 'accepted' });
    await skipStep(world.ports, world.caller, { ...control(leadId), stepId: 'accepted' });
    expect(await enrollmentOf(leadId)).toMatchObject({ stepId: 'back' });
  });

  it('is held once by hand, however often it is asked for, and one resume ends it (I8, F112)', async () => {
    const { leadId } = await connectedTo('HeldTwice');
    await pauseLead(world.ports, world.caller, control(leadId, 'on holiday'));
    const held = await enrollmentOf(leadId);
    later(world, hourMs);
    await pauseLead(world.ports, world.caller, control(leadId, 'still on holiday'));
    expect(await enrollmentOf(leadId)).toEqual(held);
    for (const _ of [1, 2]) await resumeLead(world.ports, world.caller, control(leadId));
    const { status, version } = await enrollmentOf(leadId);
    expect([status, version]).toEqual(['connected', held.version + 1]);
  });

  it('tries a named action again once, also when the next try fails as well (S2-39, F112)', async () => {
    const { campaignId, leadId } = await connectedTo('TriedTwice');
    const refuse = async () => {
      const [draft] = await drafts(campaignId);
      await approveDraft(world.ports, world.caller, { actionId: draft!.actionId });
      later(world, 2 * hourMs);
      await send(leadId, 'first_degree', { type: 'rejected', label: 'INVALID_INPUT' });
      return draft!.actionId;
    };
    const retry = (actionId: string) =>
      retryActionOf(world.ports, world.caller, { actionId, reason: 'shorter' });
    const actionId = await refuse();
    await retry(actionId);
    await refuse();
    const halted = await retry(actionId);
    expect(halted.enrollments[0]).toMatchObject({ status: 'halted', reason: 'INVALID_INPUT' });
    const another = halted.enrollments[0]!.enrollmentId;
    await expect(retry(`${another}.0.0`)).rejects.toMatchObject({ code: 'action/elsewhere' });
  });
});
