import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { createDatabase, letConnect, migrate, provisionSchema } from '@overture/event-store';
import { afterTests } from './after-tests.js';
import {
  resolveSchemas,
  templateName,
  type ResolvedSchema,
  type SchemaToMigrate,
} from './database-template.js';
import { withClient } from './with-client.js';
import { databaseUrl, testPassword, testPostgres } from './test-postgres.js';

export interface TestDatabase {
  readonly name: string;
  /** The superuser's address of this database. */
  readonly adminUrl: string;
  readonly services: Readonly<Record<string, ServiceAddresses>>;
}

export interface ServiceAddresses {
  /** As the service logs in: `<service>_app`. */
  readonly databaseUrl: string;
  /** As its migrations log in: `<service>_owner`. */
  readonly migrationsUrl: string;
}

/**
 * A new database, migrated for these services, dropped after the tests of this file. The first one of a test run
 * makes a template (1 s), the others are copies of it (0.1 s).
 */
export async function freshDatabase(
  services: readonly (string | SchemaToMigrate)[],
): Promise<TestDatabase> {
  const admin = await testPostgres();
  const schemas = resolveSchemas(services);
  const template = templateName(schemas);
  await inTurn(admin, async (client) => {
    if (!(await exists(client, template))) await makeTemplate(admin, client, { template, schemas });
  });
  const names = schemas.map(({ schema }) => schema);
  const name = await newDatabase(admin, template);
  await withClient(databaseUrl(admin, name), (client) => letConnect(client, names));
  return addresses(admin, name, names);
}

/** A new database with roles and empty schemas, for tests of migrations; dropped after the tests of this file. */
export async function emptyDatabase(schemas: readonly string[]): Promise<TestDatabase> {
  const admin = await testPostgres();
  const name = await newDatabase(admin);
  await inTurn(admin, () => provision(admin, name, schemas));
  return addresses(admin, name, schemas);
}

async function makeTemplate(
  admin: string,
  client: Client,
  { template, schemas }: { template: string; schemas: readonly ResolvedSchema[] },
): Promise<void> {
  const unfinished = `${template}_unfinished`;
  await client.query(`drop database if exists "${unfinished}" with (force)`);
  await createDatabase(client, unfinished);
  const names = schemas.map(({ schema }) => schema);
  await provision(admin, unfinished, names);
  const { services } = addresses(admin, unfinished, names);
  for (const { schema, sets } of schemas) {
    await migrate({ url: services[schema]!.migrationsUrl, schema, sets });
  }
  await client.query(`alter database "${unfinished}" rename to "${template}"`);
}

async function provision(admin: string, name: string, schemas: readonly string[]): Promise<void> {
  await withClient(databaseUrl(admin, name), async (client) => {
    for (const schema of schemas) {
      const owner = testPassword(admin, `${schema}_owner`);
      const app = testPassword(admin, `${schema}_app`);
      await provisionSchema(client, schema, { owner, app });
    }
  });
}

async function newDatabase(admin: string, template?: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient(admin, (client) => createDatabase(client, name, template));
  afterTests(() =>
    withClient(admin, async (client) => {
      await client.query(`drop database if exists "${name}" with (force)`);
    }),
  );
  return name;
}

function addresses(admin: string, name: string, schemas: readonly string[]): TestDatabase {
  const services = schemas.map((schema) => [
    schema,
    {
      databaseUrl: databaseUrl(admin, name, `${schema}_app`),
      migrationsUrl: databaseUrl(admin, name, `${schema}_owner`),
    },
  ]);
  return { name, adminUrl: databaseUrl(admin, name), services: Object.fromEntries(services) };
}

// Roles are one for the whole server: test files that run at the same time change them one after another.
function inTurn<T>(admin: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withClient(admin, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('overture test databases'))`);
    return work(client);
  });
}

async function exists(client: Client, database: string): Promise<boolean> {
  const found = await client.query('select from pg_database where datname = $1', [database]);
  return Boolean(found.rowCount);
}
