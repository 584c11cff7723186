import { dayMs } from '@overture/kernel';
import { fanOut } from '../src/app/fan-out.js';
import {
  loseLogin,
  pauseIdentity,
  restoreLogin,
  resumeIdentity,
} from '../src/app/identity-gates.js';
import { getLead, listLeadEvents } from '../src/app/leads.js';
import { pauseCampaign } from '../src/app/run-campaign.js';
import {
  inScope,
  later,
  launched,
  otherWorkspace,
  people,
  replaced,
  settle,
  startWorld,
} from './world.js';
import type { World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world = otherWorkspace(world);
});

const identityId = 'identity-1';
/** Of the world's database. */
const connectionsMax = 12;

const lose = (generation: number) =>
  inScope(world, (scope) => loseLogin(world.ports, scope, { identityId, generation }));
const restore = (generation: number) =>
  inScope(world, (scope) => restoreLogin(world.ports, scope, { identityId, generation }));

async function enrollmentOf(leadId: string) {
  return (await getLead(world.ports, world.caller, leadId)).enrollments[0]!;
}

async function pausesOf(leadId: string) {
  const wanted = { leadId, limit: 100, cursor: '' };
  const { items } = await listLeadEvents(world.ports, world.caller, wanted);
  return items
    .filter(({ type }) => type === 'EnrollmentPaused' || type === 'EnrollmentResumed')
    .map(({ type, data }) => [type, (data as { pauseId: string }).pauseId]);
}

async function rowsWritten(work: () => Promise<unknown>): Promise<number> {
  const written = () =>
    inScope(world, async ({ tx }) => {
      await tx.query('select pg_stat_force_next_flush()');
      await tx.query('select pg_stat_clear_snapshot()');
      const { rows } = await tx.query<{ written: number }>(
        `select sum(n_tup_ins + n_tup_upd + n_tup_del)::int as written from pg_stat_user_tables`,
      );
      return rows[0]!.written;
    });
  await settleStatistics();
  const before = await written();
  await work();
  await settleStatistics();
  return (await written()) - before;
}

// Each connection reports what it wrote when it has been idle for a while; this asks all of them to at once. None is
// let go before all are taken, so none is asked twice.
async function settleStatistics() {
  let taken = 0;
  let goOn = (): void => undefined;
  const allTaken = new Promise<void>((resolve) => (goOn = resolve));
  await Promise.all(
    Array.from({ length: connectionsMax }, () =>
      inScope(world, async ({ tx }) => {
        await tx.query('select pg_stat_force_next_flush()');
        if (++taken === connectionsMax) goOn();
        await allTaken;
      }),
    ),
  );
}

describe('A lost login', () => {
  it('pauses every lead of the identity and resumes them where they stood (S4-22, S4-53, F097)', async () => {
    const { leadIds } = await launched(world, people(3, 'login'));
    const before = await enrollmentOf(leadIds[0]!);
    await lose(1);
    await settle(world);
    expect(await enrollmentOf(leadIds[0]!)).toMatchObject({
      status: 'paused',
      reason: 'auth_expired',
    });
    await restore(2);
    await settle(world);
    const after = await enrollmentOf(leadIds[0]!);
    const { version: _, ...where } = before;
    expect(after).toMatchObject(where);
    expect(await pausesOf(leadIds[2]!)).toEqual([
      ['EnrollmentPaused', 'auth-identity-1-1'],
      ['EnrollmentResumed', 'auth-identity-1-1'],
    ]);
  });

  it('changes nothing when it is told twice, or late, about an older login', async () => {
    const { leadIds } = await launched(world, people(1, 'late'));
    await lose(1);
    await lose(1);
    await settle(world);
    expect(await pausesOf(leadIds[0]!)).toHaveLength(1);
    await restore(2);
    await restore(2);
    await settle(world);
    expect(await pausesOf(leadIds[0]!)).toHaveLength(2);
    await lose(1);
    await restore(1);
    await settle(world);
    expect(await enrollmentOf(leadIds[0]!)).toMatchObject({ status: 'ready_to_message' });
    expect(await pausesOf(leadIds[0]!)).toHaveLength(2);
    await lose(2);
    await settle(world);
    expect(await enrollmentOf(leadIds[0]!)).toMatchObject({ status: 'paused' });
  });

  it('pauses nobody any more when it is restored before they heard of it', async () => {
    const { leadIds } = await launched(world, people(1, 'quick'));
    await lose(1);
    await restore(2);
    await settle(world);
    expect(await pausesOf(leadIds[0]!)).toEqual([]);
    expect(await enrollmentOf(leadIds[0]!)).toMatchObject({ status: 'ready_to_message' });
  });

  it('and a pause by hand are two pauses: each has its own end (I8)', async () => {
    const { leadIds } = await launched(world, people(1, 'both'));
    await lose(1);
    await inScope(world, (scope) =>
      pauseIdentity(world.ports, scope, { identityId, cause: 'vacation' }),
    );
    await settle(world);
    await restore(2);
    await settle(world);
    expect(await enrollmentOf(leadIds[0]!)).toMatchObject({ status: 'paused', reason: 'vacation' });
    await inScope(world, (scope) => resumeIdentity(world.ports, scope, { identityId }));
    await settle(world);
    expect(await enrollmentOf(leadIds[0]!)).toMatchObject({ status: 'ready_to_message' });
  });

  it('lets nobody start while it lasts, and starts them when it is over', async () => {
    await lose(1);
    const { leadIds } = await launched(world, people(1, 'unborn'));
    await settle(world);
    expect((await enrollmentOf(leadIds[0]!)).launchOutcome).toBe('');
    await restore(2);
    await settle(world);
    await settle(world);
    expect((await enrollmentOf(leadIds[0]!)).launchOutcome).toBe('queued');
  });
});

describe('The history of a pause', () => {
  it('is written to the end by whoever comes after a crash, nobody twice and nobody left out', async () => {
    const leadIds: string[] = [];
    for (const part of ['a', 'b']) {
      leadIds.push(...(await launched(world, people(600, `fan${part}`))).leadIds);
    }
    await lose(1);
    expect(await fanOut(world.ports)).toBe(true);
    const advance = () => Promise.reject(new Error('killed'));
    const fanOuts = replaced(world.ports.fanOuts, { advance });
    const dying = replaced(world.ports, { fanOuts });
    await expect(fanOut(dying)).rejects.toThrow('killed');
    await settle(world);
    const { rows } = await inScope(world, ({ tx, tenantId }) =>
      tx.query<{ stream_id: string; pauses: number }>(
        `select stream_id, count(*) filter (where type = 'EnrollmentPaused')::int as pauses
         from events where tenant_id = $1 and stream_id like 'enrollment-%' group by stream_id`,
        [tenantId],
      ),
    );
    expect(rows).toHaveLength(1_200);
    expect(rows.every(({ pauses }) => pauses === 1)).toBe(true);
    expect(leadIds).toHaveLength(1_200);
  });
});

describe('Pausing a campaign', () => {
  it('writes as many rows for a thousand leads as for ten (P7)', async () => {
    const few = await launched(world, people(10, 'few'));
    const many = await launched(world, people(1_000, 'many'));
    const pause = (campaignId: string) => () =>
      pauseCampaign(world.ports, world.caller, { campaignId, cause: 'x' });
    const forFew = await rowsWritten(pause(few.campaignId));
    const forMany = await rowsWritten(pause(many.campaignId));
    expect(forMany).toBe(forFew);
    expect(forMany).toBeLessThan(12);
    const lead = await getLead(world.ports, world.caller, many.leadIds[0]!);
    expect(lead.enrollments[0]).toMatchObject({ status: 'ready_to_message', reason: 'campaign_x' });
  });

  it('keeps delays as they were', async () => {
    const { campaignId, leadIds } = await launched(world, people(1, 'kept'));
    const before = await enrollmentOf(leadIds[0]!);
    await pauseCampaign(world.ports, world.caller, { campaignId, cause: 'x' });
    later(world, dayMs);
    expect((await enrollmentOf(leadIds[0]!)).nextActionAt).toBe(before.nextActionAt);
  });
});
