import { rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { withClient } from '@overture/testing';
import { installationOf } from '../../../tools/lib/installation.mjs';
import { freePort } from '../../../tools/lib/ports.mjs';
import { startPostgres, type PostgresServer } from '../../../tools/lib/postgres.mjs';
import { loadSecrets } from '../../../tools/lib/secrets.mjs';
import { temporaryFolder } from '../../../tools/lib/temporary.mjs';
import { environmentOf } from '../src/environment.js';
import { provision } from '../src/provision.js';

const home = temporaryFolder();
const infra = {
  postgresUrl: 'postgres://u:p@127.0.0.1:1',
  natsUrl: 'nats://n',
  natsSecured: true,
  serverPids: [],
};
let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres({ directory: join(home, 'postgres'), port: 0 });
});
afterAll(async () => {
  await postgres.destroy();
  rmSync(home, { recursive: true, force: true });
});

describe('The secrets of an installation', () => {
  it('are made once, differ, and only their owner may read them', () => {
    const secrets = loadSecrets(home);
    expect(loadSecrets(home)).toEqual(secrets);
    expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
    const passwords = Object.values(secrets.nats);
    expect(new Set(passwords).size).toBe(passwords.length);
  });
});

describe('The ports of an installation', () => {
  it('stay the same while they are free, and move when somebody has them', async () => {
    // Not the usual ones: somebody's `npm start` may come and go meanwhile.
    const given = { gateway: await freePort(), simulator: await freePort() };
    writeFileSync(join(home, 'ports.json'), JSON.stringify(given));
    const { ports } = await installation();
    expect(ports).toEqual(given);
    expect((await installation()).ports).toEqual(ports);
    const foreign = createServer();
    await new Promise<void>((resolve) => foreign.listen(ports['gateway'], '127.0.0.1', resolve));
    expect((await installation()).ports['gateway']).not.toBe(ports['gateway']);
    await new Promise((resolve) => foreign.close(resolve));
  });
});

describe('Provisioning', () => {
  it('may be repeated, also at the same time, and changes nothing (P10)', async () => {
    // Roles are one for the whole server, so this test has a server of its own.
    const own = { ...(await installation()), postgresUrl: postgres.url() };
    await Promise.all([provision(own), provision(own)]);
    await provision(own);
    const url = environmentOf(own, 'key')['CAMPAIGN_DATABASE_URL']!;
    const user = await withClient(url, (client) => client.query('select current_user as name'));
    expect(user.rows).toEqual([{ name: 'campaign_app' }]);
  });
});

function installation() {
  return installationOf({ home, secrets: loadSecrets(home), infra, virtual: false });
}
