import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../../../tools/lib/postgres.mjs';
import { repositoryRoot } from '../../../tools/lib/root.mjs';
import { sweepTemporary, temporaryFolder } from '../../../tools/lib/temporary.mjs';
import { afterTests } from './after-tests.js';
import { isReachable } from './reachable.js';

let adminUrl: Promise<string> | undefined;

/**
 * The superuser's address of a PostgreSQL for tests: the one of the test run (OVERTURE_TEST_POSTGRES_URL), else that of
 * `node tools/dev-infra.mjs`, else one that is started for this test file and stopped after it.
 */
export function testPostgres(): Promise<string> {
  adminUrl ??= findPostgres();
  return adminUrl;
}

/** The address of one database on the same server, as the given user. */
export function databaseUrl(url: string, database: string, user?: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  if (user !== undefined) {
    address.username = user;
    address.password = testPassword(url, user);
  }
  return address.href;
}

/** Every process of a test run must know the password of a role, which is one for the whole server. */
export function testPassword(url: string, role: string): string {
  return createHash('sha256')
    .update(`${new URL(url).password} ${role}`)
    .digest('hex')
    .slice(0, 32);
}

async function findPostgres(): Promise<string> {
  const given = process.env['OVERTURE_TEST_POSTGRES_URL'] ?? (await ofDeveloper());
  if (given !== undefined) return given;
  await sweepTemporary();
  const folder = temporaryFolder();
  const server = await startPostgres({ directory: join(folder, 'postgres'), port: 0 });
  afterTests(async () => {
    await server.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  return server.url();
}

async function ofDeveloper(): Promise<string | undefined> {
  const file = join(repositoryRoot(), '.overture/dev.json');
  if (!existsSync(file)) return undefined;
  const { postgresUrl } = JSON.parse(readFileSync(file, 'utf8')) as { postgresUrl: string };
  return (await isReachable(postgresUrl)) ? postgresUrl : undefined;
}
