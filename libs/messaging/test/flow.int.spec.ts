import { ReplySeenSchema } from '@overture/contracts';
import { PostgresEventStore } from '@overture/event-store';
import { Bed, follower, owner, range, settled, tenant, writeDown } from './bed.js';

describe('Events between services', () => {
  it('reach the handler once and in order (P3)', async () => {
    const bed = await Bed.make({ secured: true });
    await bed.start(owner, { publishes: true });
    await bed.start(follower, { on: writeDown });
    await bed.append('enrollment-1', range(1, 3));
    await bed.append('enrollment-1', [4, null, 6], { expectedVersion: 3 });
    await bed.append('enrollment-2', range(1, 5));
    await bed.waitForSeen(10);
    expect(await bed.versionsSeen('enrollment-1')).toEqual([1, 2, 3, 4, 6]);
    expect(await bed.versionsSeen('enrollment-2')).toEqual(range(1, 5));
    const progress = () =>
      bed.query(
        `select stream_id, version from ${follower}.progress where tenant_id = $1 order by 1`,
        [tenant],
      );
    expect(await progress()).toEqual([
      { stream_id: 'enrollment-1', version: 6 },
      { stream_id: 'enrollment-2', version: 5 },
    ]);
  });

  it('of a context nobody follows are acknowledged without a trace in the database', async () => {
    const bed = await Bed.make();
    const publisher = await bed.start(owner, { publishes: true });
    const replica = await bed.start(follower, { on: writeDown, schema: ReplySeenSchema });
    await bed.append('enrollment-1', range(1, 5));
    await settled(publisher, replica);
    expect(await bed.query(`select from ${follower}.progress`)).toEqual([]);
  });

  it('are handled again at once when another writer of the same stream was faster', async () => {
    const bed = await Bed.make();
    await bed.start(owner, { publishes: true });
    let tries = 0;
    const replica = await bed.start(follower, {
      on: async (event, context) => {
        await writeDown(event, context);
        const { version } = await context.tx.read(tenant, 'claim-1');
        const mine = [{ type: 'Claimed', data: {} }];
        await context.tx.append(tenant, 'claim-1', mine, version);
        if (++tries > 1) return;
        const others = { tenantId: tenant, streamId: 'claim-1', expectedVersion: version };
        await new PostgresEventStore(replica.database).append({ ...others, events: mine });
      },
    });
    await bed.append('enrollment-1', [1]);
    await bed.waitForSeen(1);
    expect(tries).toBe(2);
    expect(await bed.query(`select version from ${follower}.streams`)).toEqual([{ version: 2 }]);
  });

  it('arrive under load, every one once (P3)', async () => {
    const bed = await Bed.make();
    const replica = await bed.start(follower, { on: writeDown });
    const publisher = await bed.start(owner, { publishes: true });
    const streams = range(1, 200).map((n) => `enrollment-${n}`);
    for (let from = 0; from < 20; from += 5) {
      await Promise.all(
        streams.map((id) => bed.append(id, range(from + 1, from + 5), { expectedVersion: from })),
      );
    }
    await bed.waitForSeen(4_000);
    const seen = await bed.seen();
    expect(seen).toHaveLength(4_000);
    for (const id of streams) {
      expect(seen.filter((row) => row.streamId === id).map((row) => row.version)).toEqual(
        range(1, 20),
      );
    }
    await settled(publisher, replica);
  });
});
