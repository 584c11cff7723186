import pg from 'pg';
import { createDatabase, provisionSchema } from '@overture/event-store';
import { databaseName, serviceNames, type Installation } from './installation.js';

type Provisioned = Pick<Installation, 'postgresUrl' | 'secrets'>;

/** Creates the database, and a schema with its roles for every service; a repeat changes nothing. */
export async function provision({ postgresUrl, secrets }: Provisioned): Promise<void> {
  await withClient(postgresUrl, async (admin) => {
    // Two processes that start at the same time take turns; the lock ends with the connection.
    await admin.query(`select pg_advisory_lock(hashtext('overture provision'))`);
    await createDatabase(admin, databaseName);
    await withClient(databaseUrl(postgresUrl), async (client) => {
      for (const service of serviceNames) {
        await provisionSchema(client, service, passwordsOf(secrets, service));
      }
    });
  });
}

/** The address of our database, as the given role. */
export function databaseUrl(
  postgresUrl: string,
  role?: { name: string; password: string },
): string {
  const url = new URL(postgresUrl);
  url.pathname = `/${databaseName}`;
  if (role) {
    url.username = role.name;
    url.password = role.password;
  }
  return url.href;
}

function passwordsOf(secrets: Installation['secrets'], service: string) {
  const passwords = secrets.postgres[service];
  if (!passwords) throw new Error(`secrets.json has no passwords for ${service}; remove the file.`);
  return passwords;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
