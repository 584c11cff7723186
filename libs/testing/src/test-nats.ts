import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startNatsContainer } from '../../../tools/lib/containers.mjs';
import { natsUserNames, natsUsers } from '../../../tools/lib/nats-config.mjs';
import { startNats, type NatsServer } from '../../../tools/lib/nats.mjs';
import { temporaryFolder } from '../../../tools/lib/temporary.mjs';
import { afterTests } from './after-tests.js';

export type TestNats = Omit<NatsServer, 'pid'> & {
  /** What a client of this user connects with; without users everybody may do everything. */
  connectionOf(user: string): {
    servers: string;
    user?: string;
    pass?: string;
    inboxPrefix: string;
  };
};

/**
 * A nats-server of this test file alone, stopped after it. `secured` gives every service its own user with the
 * permissions of deploy/nats, as in an installation.
 */
export async function testNats({ secured = false } = {}): Promise<TestNats> {
  const passwords = Object.fromEntries(natsUserNames().map((name) => [name, `test-${name}`]));
  const users = secured ? { users: natsUsers(passwords) } : {};
  const server =
    process.env['OVERTURE_TEST_INFRA'] === 'containers'
      ? await startNatsContainer(users)
      : await startNatsProcess(users);
  afterTests(() => server.destroy());
  return withConnections(server, secured ? passwords : {});
}

async function startNatsProcess(
  users: Pick<Parameters<typeof startNats>[0], 'users'>,
): Promise<NatsServer> {
  const folder = temporaryFolder();
  afterTests(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  return startNats({ directory: join(folder, 'nats'), ...users });
}

function withConnections(
  server: Omit<NatsServer, 'pid'>,
  passwords: Record<string, string>,
): TestNats {
  const connectionOf: TestNats['connectionOf'] = (user) => {
    const pass = passwords[user];
    const credentials = pass === undefined ? {} : { user, pass };
    return { servers: server.url, ...credentials, inboxPrefix: `_INBOX_${user}` };
  };
  // The server's port may change with a restart: its getters must stay getters.
  return Object.create(server, {
    connectionOf: { value: connectionOf, enumerable: true },
  }) as TestNats;
}
