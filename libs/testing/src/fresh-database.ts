import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createDatabase, provisionSchema } from '@overture/event-store';
import { afterTests } from './after-tests.js';
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

/** A new database with roles and empty schemas, for tests of migrations; dropped after the tests of this file. */
export async function emptyDatabase(schemas: readonly string[]): Promise<TestDatabase> {
  const admin = await testPostgres();
  const name = newName();
  await withClient(admin, (client) => createDatabase(client, name));
  dropAfterTests(admin, name);
  await provision(admin, name, schemas);
  return addresses(admin, name, schemas);
}

async function provision(admin: string, name: string, schemas: readonly string[]): Promise<void> {
  await inTurn(admin, () =>
    withClient(databaseUrl(admin, name), async (client) => {
      for (const schema of schemas) {
        const owner = testPassword(admin, `${schema}_owner`);
        const app = testPassword(admin, `${schema}_app`);
        await provisionSchema(client, schema, { owner, app });
      }
    }),
  );
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
async function inTurn<T>(admin: string, work: () => Promise<T>): Promise<T> {
  return withClient(admin, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('overture test roles'))`);
    return work();
  });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function dropAfterTests(admin: string, name: string): void {
  afterTests(() =>
    withClient(admin, async (client) => {
      await client.query(`drop database if exists "${name}" with (force)`);
    }),
  );
}

function newName(): string {
  return `test_${randomUUID().replaceAll('-', '')}`;
}
