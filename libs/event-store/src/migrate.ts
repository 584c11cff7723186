import pg from 'pg';
import { UnfitDatabaseError } from './errors.js';
import { readMigrations, type Migration, type MigrationSet } from './migration-files.js';

export interface MigrateOptions {
  /** Of the schema's owner; to check, any role that may read the schema will do. */
  readonly url: string;
  readonly schema: string;
  readonly sets: readonly MigrationSet[];
}

interface AppliedMigration {
  readonly set_name: string;
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

const waitForOthersMs = 120_000;
const lockTimeoutMs = 10_000;

/** Brings a schema up to date, forward only; returns what it applied. Any number of processes may call it at once. */
export async function migrate({ url, schema, sets }: MigrateOptions): Promise<Migration[]> {
  const known = sets.flatMap(readMigrations);
  const client = await schemaClient(url, schema);
  try {
    await client.query(`set lock_timeout = ${waitForOthersMs}`);
    await client.query(`select pg_advisory_lock(hashtextextended('overture-migrate ' || $1, 0))`, [
      schema,
    ]);
    await client.query(`set lock_timeout = ${lockTimeoutMs}`);
    await createSchema(client, schema);
    const pending = pendingMigrations(known, await readApplied(client), schema);
    for (const migration of pending) await apply(client, migration);
    return pending;
  } finally {
    await client.end();
  }
}

/** Refuses, with a sentence, a schema that is not exactly the one this program was built for. */
export async function checkSchema({ url, schema, sets }: MigrateOptions): Promise<void> {
  const client = await schemaClient(url, schema);
  try {
    const { rows } = await client.query(`select to_regclass('schema_migrations') as name`);
    const applied = rows[0]?.name === null ? [] : await readApplied(client);
    const [missing] = pendingMigrations(sets.flatMap(readMigrations), applied, schema);
    if (missing === undefined) return;
    throw new UnfitDatabaseError(
      `Schema ${schema} lacks migration ${label(missing)}. ` +
        'Run the migrations of this release first, with the URL of the owner role.',
    );
  } finally {
    await client.end();
  }
}

async function schemaClient(url: string, schema: string): Promise<pg.Client> {
  const options = `-c search_path=${pg.escapeIdentifier(schema)} -c timezone=UTC`;
  const client = new pg.Client({ connectionString: url, options, application_name: 'migrate' });
  await client.connect();
  return client;
}

async function createSchema(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query('select from pg_namespace where nspname = $1', [schema]);
  if (rows.length === 0) await client.query(`create schema ${pg.escapeIdentifier(schema)}`);
  await client.query(`create table if not exists schema_migrations (
    set_name text not null,
    number integer not null,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    primary key (set_name, number)
  )`);
  await client.query(`grant select on schema_migrations to public`);
}

async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const text = 'select * from schema_migrations order by set_name, number';
  return (await client.query<AppliedMigration>(text)).rows;
}

/** What is still to be applied; throws when what was applied is not what this program knows. */
function pendingMigrations(known: Migration[], applied: AppliedMigration[], schema: string) {
  const byLabel = new Map(
    known.map((migration) => [key(migration.set, migration.number), migration]),
  );
  for (const row of applied) {
    const migration = byLabel.get(key(row.set_name, row.number));
    const what = `${row.set_name}/${String(row.number).padStart(6, '0')}_${row.name}`;
    if (migration === undefined) {
      throw new UnfitDatabaseError(
        `Schema ${schema} has migration ${what}, which this program does not know: it was migrated by ` +
          'a newer release. Start that release, or restore a backup from before it.',
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new UnfitDatabaseError(
        `Migration ${what} was changed after it was applied to schema ${schema}. ` +
          'Undo the change and write the difference as a new migration.',
      );
    }
  }
  const done = new Set(applied.map((row) => key(row.set_name, row.number)));
  return known.filter((migration) => !done.has(key(migration.set, migration.number)));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const { set, number, name, checksum, sql } = migration;
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      'insert into schema_migrations (set_name, number, name, checksum) values ($1, $2, $3, $4)',
      [set, number, name, checksum],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnfitDatabaseError(`Migration ${label(migration)} failed: ${reason}`, { cause });
  }
}

const key = (set: string, number: number) => `${set}/${number}`;
const label = ({ set, number, name }: Migration) =>
  `${set}/${String(number).padStart(6, '0')}_${name}`;
