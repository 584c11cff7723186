import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterTests, emptyDatabase } from '@overture/testing';
import { checkSchema, migrate, migrationSets, type MigrationSet } from '../src/index.js';
import { schema } from './fixtures.js';

describe('Migrating', () => {
  it('works when twenty processes start at once', async () => {
    const { options, appliedFiles } = await setUp();
    const sets = migrationSets(['event-store']);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => migrate({ ...options, sets })),
    );
    const counts = results.map(({ length }) => length);
    expect(counts.filter((count) => count > 0)).toEqual([3]);
    expect(await appliedFiles()).toHaveLength(3);
  });

  it('applies several sets, then only what is new in each', async () => {
    const { options, appliedFiles } = await setUp();
    const one = folder({ '000001_a.sql': 'create table a (id text)' });
    const two = folder({ '000001_b.sql': 'create table b (id text)' });
    const sets = [set('one', one), set('two', two)];
    await migrate({ ...options, sets });
    writeFileSync(join(one, '000002_c.sql'), 'alter table a add column note text');
    const applied = await migrate({ ...options, sets });
    expect(applied.map(({ name }) => name)).toEqual(['c']);
    expect(await appliedFiles()).toEqual(['one/1', 'one/2', 'two/1']);
  });

  it('keeps the files before a broken one and nothing of it', async () => {
    const { options, appliedFiles } = await setUp();
    const broken = 'create table b (id text); select no_such_thing;';
    const directory = folder({
      '000001_a.sql': 'create table a (id text)',
      '000002_b.sql': broken,
    });
    const failing = migrate({ ...options, sets: [set('one', directory)] });
    await expect(failing).rejects.toThrow(/one\/000002_b failed: .*no_such_thing/);
    expect(await appliedFiles()).toEqual(['one/1']);
    writeFileSync(join(directory, '000002_b.sql'), 'create table b (id text)');
    await migrate({ ...options, sets: [set('one', directory)] });
    expect(await appliedFiles()).toEqual(['one/1', 'one/2']);
  });

  it('refuses a file that was changed after it was applied', async () => {
    const { options } = await setUp();
    const directory = folder({ '000001_a.sql': 'create table a (id text)' });
    await migrate({ ...options, sets: [set('one', directory)] });
    writeFileSync(join(directory, '000001_a.sql'), 'create table a (id integer)');
    await expect(migrate({ ...options, sets: [set('one', directory)] })).rejects.toThrow(
      'Migration one/000001_a was changed after it was applied to schema store.',
    );
  });

  it('refuses a schema that a newer release has migrated', async () => {
    const { options } = await setUp();
    const newer = folder({ '000001_a.sql': 'select 1', '000002_b.sql': 'select 2' });
    const older = folder({ '000001_a.sql': 'select 1' });
    await migrate({ ...options, sets: [set('one', newer)] });
    const sentence =
      /has migration one\/000002_b, which this program does not know: .*newer release/;
    await expect(migrate({ ...options, sets: [set('one', older)] })).rejects.toThrow(sentence);
    await expect(checkSchema({ ...options, sets: [set('one', older)] })).rejects.toThrow(sentence);
  });

  it('refuses a hole in the numbers and a name it cannot read', async () => {
    const { options } = await setUp();
    const hole = folder({ '000001_a.sql': 'select 1', '000003_c.sql': 'select 3' });
    await expect(migrate({ ...options, sets: [set('one', hole)] })).rejects.toThrow(
      /Expected 000002_<name>.sql in .*, found 000003_c.sql/,
    );
    const odd = folder({ 'first.sql': 'select 1' });
    await expect(migrate({ ...options, sets: [set('one', odd)] })).rejects.toThrow(
      /found first.sql/,
    );
  });
});

describe('A service that may not migrate', () => {
  it('says which migration is missing, and goes on when none is', async () => {
    const { options, databaseUrl } = await setUp();
    const check = { url: databaseUrl, schema, sets: migrationSets(['event-store']) };
    await expect(checkSchema(check)).rejects.toThrow(
      /Schema store lacks migration event-store\/000001_tenant_tables/,
    );
    await migrate({ ...options, sets: check.sets });
    await checkSchema(check);
  });
});

async function setUp() {
  const { services } = await emptyDatabase([schema]);
  const { databaseUrl, migrationsUrl } = services[schema]!;
  const appliedFiles = async () => {
    const client = new Client({ connectionString: migrationsUrl });
    await client.connect();
    const { rows } = await client.query(
      `select set_name || '/' || number as file from ${schema}.schema_migrations order by 1`,
    );
    await client.end();
    return rows.map(({ file }) => String(file));
  };
  return { options: { url: migrationsUrl, schema }, databaseUrl, appliedFiles };
}

function folder(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'migrations-'));
  afterTests(async () => rmSync(directory, { recursive: true }));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(directory, name), sql);
  return directory;
}

const set = (name: string, directory: string): MigrationSet => ({ name, directory });
