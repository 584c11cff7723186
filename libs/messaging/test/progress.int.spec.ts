import { Bed, follower, tenant } from './bed.js';
import { Progress, type Move } from '../src/progress.js';

const fence = { owner: 'me', key: 'partition/00', epoch: 2 };

describe('Progress of what arrives in order', () => {
  it('moves only where the stream stands right before, is not parked, and the lease holds (P3)', async () => {
    const bed = await Bed.make();
    const { database } = await bed.start(follower, {});
    const progress = new Progress(follower);
    const move = (streamId: string, from: number, to: number, more: Partial<Move> = {}): Move => {
      return { streamId, from, to, fence, ...more };
    };
    const follow = (moves: readonly Move[]) =>
      database.tenant(tenant, async (tx) => [...(await progress.follow(tx, tenant, moves))].sort());
    await bed.query(`insert into ${follower}.leases values ('partition/00', 'me', 2, now())`);
    await bed.query(`insert into ${follower}.parked_streams
      values ('${tenant}', '${follower}', 'parked', 'letter', now(), 1)`);
    expect(await follow([move('one', 0, 2), move('parked', 0, 1), move('late', 3, 4)])).toEqual([
      'one',
    ]);
    const stale = { fence: { ...fence, epoch: 1 } };
    expect(await follow([move('one', 0, 2), move('other', 0, 1, stale)])).toEqual([]);
    expect(await follow([move('one', 1, 3), move('two', 0, 1)])).toEqual(['two']);
    expect(await follow([move('one', 2, 3), move('two', 2, 3)])).toEqual(['one']);
    const rows = await bed.query(
      `select stream_id, version from ${follower}.progress order by stream_id`,
    );
    expect(rows).toEqual([
      { stream_id: 'one', version: 3 },
      { stream_id: 'two', version: 1 },
    ]);
  });
});
