import { afterTests, waitFor } from '@overture/testing';
import { Leases } from '../src/leases.js';
import { LostRaceError, Progress } from '../src/progress.js';
import { RelayCursors } from '../src/relay-cursors.js';
import { Bed, follower, owner, quick, range, tenant, writeDown } from './bed.js';

const names = range(0, 63).map(String);
const ttlMs = 60_000;

describe('Leases', () => {
  it('give a single replica everything at once, and share fairly when others come and go', async () => {
    const bed = await Bed.make();
    const { database } = bed;
    const lost: string[] = [];
    const first = new Leases({
      database,
      names,
      ttlMs,
      group: 'test',
      onLost: async (gone) => void lost.push(...gone),
    });
    await first.start();
    expect(names.filter((name) => first.held(name))).toHaveLength(64);
    const second = new Leases({ database, names, ttlMs, group: 'test' });
    await second.start();
    await first.renew();
    await second.renew();
    const amounts = () =>
      [first, second].map((each) => names.filter((name) => each.held(name)).length);
    expect(amounts()).toEqual([32, 32]);
    expect(lost).toHaveLength(32);
    const taken = names.find((name) => second.held(name)) ?? '';
    expect(second.held(taken)?.epoch).toBe(2);
    await first.stop();
    await second.renew();
    expect(amounts()).toEqual([0, 64]);
    await second.stop();
  });

  it('end by the monotonic clock when renewal is late, before anybody else may begin', async () => {
    const bed = await Bed.make();
    const lease = { names: ['a'], ttlMs: 1_500, group: 'test' };
    const first = new Leases({ ...lease, database: bed.database });
    await first.start();
    await bed.query(`alter table ${owner}.leases rename to leases_away`);
    const mayBeTaken = async () => {
      const [row] = await bed.query<{ over: boolean }>(
        `select expires_at <= now() as over from ${owner}.leases_away where name = 'test/a'`,
      );
      return row?.over;
    };
    // In this order: whoever may take it already must find that its owner has let go.
    await waitFor(async () => (await mayBeTaken()) || first.held('a') === undefined, {
      what: 'the lease to end',
    });
    expect(first.held('a')).toBeUndefined();
    await bed.query(`alter table ${owner}.leases_away rename to leases`);
    await first.stop();
  });
});

describe('An owner that slept past its lease', () => {
  it('writes no row when it wakes: its epoch is over (P3)', async () => {
    const bed = await Bed.make();
    const { database } = bed;
    const lease = { names: ['00'], ttlMs, group: 'partition' };
    // As by SIGSTOP: without its database the owner cannot renew, and what it knows of its lease is old.
    const sleeper = await bed.start(owner, {});
    const stale = new Leases({ ...lease, database: sleeper.database });
    afterTests(() => stale.stop().catch(() => undefined));
    await stale.start();
    expect(stale.held('00')).toEqual({ name: '00', epoch: 1, validUntil: expect.any(Number) });
    const fence = { owner: stale.owner, key: stale.key('00'), epoch: 1 };
    await bed.append('enrollment-1', [1]);
    const cursors = new RelayCursors(database);
    await cursors.behind();
    await sleeper.kill();
    await bed.query(`update ${owner}.leases set expires_at = now() - interval '1 second'`);
    const next = new Leases({ ...lease, database });
    await next.start();

    const move = { tenantId: tenant, bucket: 0, before: 0, after: 1, sequence: 1, eventId: 'e' };
    expect(await cursors.move([{ ...move, fence }], 'stream')).toBe(0);
    const progress = new Progress('test');
    const advance = () =>
      database.tenant(tenant, (tx) =>
        progress.advance(tx, tenant, [{ streamId: 'enrollment-1', from: 0, to: 1, fence }]),
      );
    await expect(advance()).rejects.toThrow(LostRaceError);
    expect(next.held('00')?.epoch).toBe(2);
    const current = { ...fence, owner: next.owner, epoch: 2 };
    expect(await cursors.move([{ ...move, fence: current }], 'stream')).toBe(1);
    await next.stop();
  });
});

describe('Two replicas of a service', () => {
  it('share the partitions and hand over, and nothing is handled twice or out of order (P3)', async () => {
    const bed = await Bed.make();
    await bed.start(owner, { publishes: true, tuning: quick });
    const streams = range(1, 60).map((n) => `enrollment-${n}`);
    const round = (version: number) =>
      Promise.all(streams.map((id) => bed.append(id, [version], { expectedVersion: version - 1 })));
    const first = await bed.start(follower, { on: writeDown, tuning: quick });
    await round(1);
    await bed.waitForSeen(60);
    const second = await bed.start(follower, { on: writeDown, tuning: quick });
    const shares = () =>
      [first, second].map(({ activity }) => Object.keys(activity.report().settled ?? {}).length);
    let version = 1;
    await waitFor(
      async () => {
        await round(++version);
        return shares().join() === '32,32';
      },
      { what: 'fair shares', everyMs: 200 },
    );
    await round(++version);
    await first.stop();
    for (const last = version + 4; version < last;) await round(++version);
    await bed.waitForSeen(60 * version);
    const seen = await bed.seen();
    for (const id of streams) {
      const own = seen.filter(({ streamId }) => streamId === id);
      expect(own.map((row) => row.version)).toEqual(range(1, version));
    }
    await waitFor(() => shares()[1] === 64, { what: 'the rest of the partitions' });
  });

  it('publish together: events appended by either leave at once', async () => {
    const bed = await Bed.make();
    const tuning = { ...quick, pollMs: 60_000 };
    await bed.start(owner, { publishes: true, tuning });
    await bed.start(owner, { publishes: true, tuning });
    await bed.start(follower, { on: writeDown });
    const shares = () =>
      bed.query(`select count(*)::integer as share from ${owner}.leases
        where name ~ '^partition/[0-9]+$' group by owner`);
    const even = JSON.stringify([{ share: 32 }, { share: 32 }]);
    await waitFor(async () => JSON.stringify(await shares()) === even, { what: 'fair shares' });
    for (const n of range(1, 20))
      await bed.append(`enrollment-${n}`, [1], { tenantId: `tenant-${n}` });
    // The bed's own store is a third process to both: only LISTEN tells them, long before they look by themselves.
    await bed.waitForSeen(20);
  });
});
