import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { checkDurability, dumpSchema } from '../src/index.js';
import { adminClient, schema, storeFixture, type StoreFixture } from './fixtures.js';

const golden = join(__dirname, '../golden/schema.txt');

let fixture: StoreFixture;
let admin: Client;
beforeAll(async () => {
  fixture = await storeFixture();
  admin = await adminClient(fixture);
});

describe('The schema', () => {
  it('is the golden one; OVERTURE_GOLDEN=write accepts a change', async () => {
    const dump = await dumpSchema(admin, schema);
    if (process.env['OVERTURE_GOLDEN'] === 'write') writeFileSync(golden, dump);
    expect(existsSync(golden)).toBe(true);
    expect(dump).toBe(readFileSync(golden, 'utf8'));
  });
});

describe('The durability check', () => {
  it('accepts a server that flushes each commit', async () => {
    await checkDurability(fixture.database);
  });

  it('refuses one that may lose an acknowledged append (P1)', async () => {
    await admin.query(`alter role ${schema}_app in database "${fixture.addresses.name}"
      set synchronous_commit = off`);
    await expect(checkDurability(fixture.open())).rejects.toThrow(
      'PostgreSQL runs with synchronous_commit = off: it may lose what it has confirmed. ' +
        'Set synchronous_commit = on.',
    );
  });
});
