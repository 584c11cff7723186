import { NotFoundError } from '@overture/kernel';
import { readNotice } from '../src/adapters/read-notice.js';
import { SqlHookRows } from '../src/adapters/sql-hook-rows.js';
import { createHook, ingest, type IngestDeps } from '../src/app/ingest.js';
import { tenantId, world, type World } from './world.js';

let place: World;
let deps: IngestDeps;

beforeAll(async () => {
  place = await world();
  const { database, clock } = place.deps;
  deps = { database, clock, hooks: new SqlHookRows(), readNotice };
});

const notice = (timestamp: string) =>
  Buffer.from(JSON.stringify({ event: 'AUTH_EXPIRED', identity_uid: 'i-1', timestamp }));

async function incoming(body: Uint8Array, change: { secret?: string; token?: string } = {}) {
  const hook = await createHook(deps, tenantId, 'edges');
  const headers = { [hook.secretHeader]: change.secret ?? hook.secret };
  return { provider: 'edges', token: change.token ?? hook.token, headers, body };
}

const stored = async (): Promise<number> => {
  const { rows } = await place.deps.database.worker((tx) =>
    tx.query('select count(*) as n from events'),
  );
  return rows[0]?.['n'] as number;
};

describe("A provider's webhook (P8)", () => {
  it('is stored and stated once, however often it comes', async () => {
    const before = await stored();
    const first = await incoming(notice('2026-03-02T09:00:00Z'));
    expect(await ingest(deps, first, {})).toEqual({ result: 'stored' });
    expect(await ingest(deps, first, {})).toEqual({ result: 'duplicate' });
    expect(await ingest(deps, await incoming(notice('2026-03-03T09:00:00Z')), {})).toEqual({
      result: 'stored',
    });
    expect(await stored()).toBe(before + 2);
  });

  it('is refused without our secret, and leaves nothing', async () => {
    const before = await stored();
    const forged = await incoming(notice('2026-03-05T09:00:00Z'), { secret: 'guess' });
    expect(await ingest(deps, forged, {})).toEqual({ result: 'refused' });
    const unknown = await incoming(notice('2026-03-05T09:00:00Z'), { token: 'guess' });
    await expect(ingest(deps, unknown, {})).rejects.toThrow(NotFoundError);
    const huge = await incoming(Buffer.alloc(1024 * 1024 + 1));
    expect(await ingest(deps, huge, {})).toEqual({ result: 'refused' });
    expect(await stored()).toBe(before);
  });

  it('is kept even when we do not understand it', async () => {
    const odd = await incoming(Buffer.from([0xff, 0x00, 0x7b]));
    expect(await ingest(deps, odd, {})).toEqual({ result: 'stored' });
    expect(await ingest(deps, odd, {})).toEqual({ result: 'duplicate' });
  });
});
