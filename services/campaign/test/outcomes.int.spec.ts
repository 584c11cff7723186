import { retryLead } from '../src/app/control-lead.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { inScope, launched, people, sharingPeople, startWorld, type World } from './world.js';
import { accepted, sendingIn } from './sending.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world = await sharingPeople(world);
});

const { enrollmentOf, act } = sendingIn(() => world);

describe('An outcome', () => {
  it('that is unknown holds the lead until it is read back (I10)', async () => {
    const { leadIds } = await launched(world, people(1, 'unknown'));
    const leadId = leadIds[0]!;
    const actionId = await act(leadId, { type: 'unknown' });
    expect(await enrollmentOf(leadId)).toMatchObject({
      nextActionId: actionId,
      reason: 'await_outcome',
    });
    const { enrollmentId } = await enrollmentOf(leadId);
    const claim = { enrollmentId, actionId, epoch: 1 };
    await inScope(world, (scope) =>
      recordOutcome(world.ports, scope, claim, { type: 'confirmed' }),
    );
    expect(await enrollmentOf(leadId)).toMatchObject({ status: 'messaging' });
  });

  it('that is certainly not sent lets the same action go again under a later claim', async () => {
    const { leadIds } = await launched(world, people(1, 'absent'));
    const actionId = await act(leadIds[0]!, { type: 'unknown' });
    const { enrollmentId } = await enrollmentOf(leadIds[0]!);
    const claim = { enrollmentId, actionId, epoch: 1 };
    await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, { type: 'absent' }));
    expect(await act(leadIds[0]!, accepted, { epoch: 2 })).toBe(actionId);
  });

  it('without a rule waits for a person, who may retry it (F081, S2-64)', async () => {
    const { leadIds } = await launched(world, people(1, 'halt'));
    await act(leadIds[0]!, { type: 'rejected', label: 'INVALID_INPUT' });
    expect(await enrollmentOf(leadIds[0]!)).toMatchObject({
      status: 'halted',
      reason: 'INVALID_INPUT',
    });
    const control = { leadId: leadIds[0]!, enrollmentId: '', reason: '' };
    const { enrollments } = await retryLead(world.ports, world.caller, control);
    expect(enrollments[0]).toMatchObject({
      status: 'ready_to_message',
      nextActionId: expect.stringMatching(/\.0\.1$/) as string,
    });
  });

  it('of nobody we know changes nothing', async () => {
    const claim = { enrollmentId: 'nobody', actionId: 'nobody.0.0', epoch: 1 };
    await inScope(world, (scope) => recordOutcome(world.ports, scope, claim, accepted));
  });
});
