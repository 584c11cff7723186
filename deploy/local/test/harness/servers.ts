import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterTests } from '@overture/testing';
import type { Instant } from '@overture/kernel';
import { natsUsers } from '../../../../tools/lib/nats-config.mjs';
import { startNats, type NatsServer } from '../../../../tools/lib/nats.mjs';
import { freePort } from '../../../../tools/lib/ports.mjs';
import { startPostgres, type PostgresServer } from '../../../../tools/lib/postgres.mjs';
import { loadSecrets } from '../../../../tools/lib/secrets.mjs';
import { sweepTemporary, temporaryFolder } from '../../../../tools/lib/temporary.mjs';
import type { Installation } from '../../src/installation.js';

export interface Servers {
  readonly postgres: PostgresServer;
  readonly nats: NatsServer;
  readonly installation: Installation;
}

/**
 * PostgreSQL and NATS of this test file alone, and an installation on them: roles belong to a whole server, and some
 * tests kill it.
 */
export async function startServers(startAt: Instant): Promise<Servers> {
  await sweepTemporary();
  const home = temporaryFolder();
  afterTests(() => Promise.resolve(rmSync(home, { recursive: true, force: true })));
  const secrets = loadSecrets(home);
  const postgres = await startPostgres({ directory: join(home, 'postgres'), port: 0 });
  afterTests(() => postgres.destroy());
  const users = natsUsers(secrets.nats);
  const nats = await startNats({ directory: join(home, 'nats'), users });
  afterTests(() => nats.destroy());
  const installation: Installation = {
    postgresUrl: postgres.url(),
    natsUrl: nats.url,
    natsSecured: true,
    secrets,
    ports: { gateway: await freePort(), simulator: await freePort() },
    clock: 'virtual',
    startAt,
    home,
    serverPids: [],
  };
  return { postgres, nats, installation };
}
