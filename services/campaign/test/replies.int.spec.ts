import { listActions } from '../src/app/campaign-stats.js';
import { simulateReply } from '../src/app/control-lead.js';
import { recordReply } from '../src/app/record-sightings.js';
import {
  inScope,
  launched,
  monday,
  people,
  person,
  sharingPeople,
  startWorld,
  type World,
} from './world.js';
import { sendingIn } from './sending.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  world = await sharingPeople(world);
});

const { enrollmentOf } = sendingIn(() => world);

describe('A reply', () => {
  it('silences every campaign of this person in the workspace (S1-22, F084)', async () => {
    const lead = person('Everywhere');
    const first = await launched(world, [lead]);
    const second = await launched(world, [lead]);
    const reply = { leadId: first.leadIds[0]!, messageId: 'm', repliedAt: monday, witness: 'sync' };
    await inScope(world, (scope) => recordReply(world.ports, scope, reply));
    for (const { campaignId } of [first, second]) {
      const row = await enrollmentOf(first.leadIds[0]!, campaignId);
      expect(row).toMatchObject({ status: 'replied', repliedAt: monday });
      const wanted = { campaignId, identityId: '', status: '', limit: 50, cursor: '' };
      const { items } = await listActions(world.ports, world.caller, wanted);
      expect(items.map(({ status }) => status)).toEqual(['dropped', 'dropped', 'dropped']);
    }
  });

  it('can be simulated (S1-21, F092), and a repeat changes nothing', async () => {
    const { leadIds } = await launched(world, people(1, 'simulated'));
    const control = { leadId: leadIds[0]!, enrollmentId: '', reason: '' };
    const once = await simulateReply(world.ports, world.caller, control);
    expect(once.enrollments[0]).toMatchObject({ status: 'replied' });
    const twice = await simulateReply(world.ports, world.caller, control);
    expect(twice.enrollments[0]?.version).toBe(once.enrollments[0]?.version);
  });
});
