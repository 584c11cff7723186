import { dayMs } from '@overture/kernel';
import { listActions } from '../src/app/campaign-stats.js';
import { completeTask, listTasks } from '../src/app/do-tasks.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { stageOf } from './branching-stage.js';
import { later, monday, onMonday, person, settle, startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = onMonday(world);
});

const { launchedFor, enrollmentOf, send, accept, connectedTo } = stageOf(() => world);

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
