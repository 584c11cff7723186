import type { Client } from 'pg';
import { PostgresEventStore, unguardedTables } from '../src/index.js';
import {
  adminClient,
  counted,
  newStream,
  newTenant,
  schema,
  storeFixture,
  type StoreFixture,
} from './fixtures.js';

let fixture: StoreFixture;
let admin: Client;
const tenantId = newTenant();
const streamId = newStream();
beforeAll(async () => {
  fixture = await storeFixture();
  admin = await adminClient(fixture);
  const store = new PostgresEventStore(fixture.database);
  await store.append({ tenantId, streamId, events: counted(3), expectedVersion: 0 });
});

const tables = ['events', 'streams', 'bucket_head'];

describe('A tenant', () => {
  it.each(tables)('sees nobody else’s rows of %s (P10)', async (table) => {
    const count = (tenant: string) =>
      fixture.database.tenant(
        tenant,
        async (tx) => (await tx.query(`select from ${table}`)).rowCount,
      );
    expect(await count(tenantId)).toBeGreaterThan(0);
    expect(await count(newTenant())).toBe(0);
    expect(await count('')).toBe(0);
  });

  it('is nobody when it is not named: no rows (P10)', async () => {
    const url = fixture.addresses.services[schema]!.databaseUrl;
    const bare = fixture.open({ url });
    const { rows } = await bare.tenant('', (tx) => tx.query('reset app.tenant_id; select 1'));
    expect(rows).toBeUndefined();
    const counted = await bare.tenant('', async (tx) => {
      await tx.query('reset app.tenant_id');
      return (await tx.query('select from events')).rowCount;
    });
    expect(counted).toBe(0);
  });

  it('cannot write for another one, in SQL or in code (P10)', async () => {
    const other = newTenant();
    const inSql = fixture.database.tenant(other, (tx) =>
      tx.query(`insert into streams values ($1, 's', 1, 0)`, [tenantId]),
    );
    await expect(inSql).rejects.toThrow(/row-level security/);
    const inCode = fixture.database.tenant(other, (tx) => tx.append(tenantId, 's', counted(1), 0));
    await expect(inCode).rejects.toThrow('of that tenant only');
  });
});

describe('The service role', () => {
  it.each([
    `update events set type = 'Other'`,
    'delete from events',
    'truncate events',
    'delete from streams',
    'update streams set bucket = 1',
    'alter table events disable row level security',
  ])('may not: %s (I16)', async (statement) => {
    const run = (as: 'tenant' | 'worker') =>
      as === 'worker'
        ? fixture.database.worker((tx) => tx.query(statement))
        : fixture.database.tenant(tenantId, (tx) => tx.query(statement));
    await expect(run('tenant')).rejects.toThrow(/permission denied|must be owner/);
    await expect(run('worker')).rejects.toThrow(/permission denied|must be owner/);
  });
});

describe('Every table with a tenant', () => {
  it('forces row security with a tenant policy (P10)', async () => {
    expect(await unguardedTables(admin, schema)).toEqual([]);
  });

  it('is caught when it does not', async () => {
    await admin.query('create table forgotten (tenant_id text)');
    await admin.query('alter table streams no force row level security');
    expect(await unguardedTables(admin, schema)).toEqual(['forgotten', 'streams']);
  });
});
