// PostgreSQL and NATS of one installation: our own servers, or those that POSTGRES_URL and NATS_URL name.
import { join } from 'node:path';
import { natsUsers } from './nats-config.mjs';
import { removeNats, startNats } from './nats.mjs';
import { removePostgres, startPostgres } from './postgres.mjs';
import { step } from './progress.mjs';

const natsPort = 54222;

/** Starts both below `home` with its secrets; gives back their addresses and how to stop them. */
export async function startInfra({ home, secrets, env = process.env }) {
  const postgres = env.POSTGRES_URL ? foreign(env.POSTGRES_URL) : await startOwnPostgres(home);
  try {
    const nats = env.NATS_URL ? foreign(env.NATS_URL) : await startOwnNats(home, secrets);
    return {
      postgresUrl: postgres.address,
      natsUrl: nats.address,
      // A server that somebody else runs has its own users.
      natsSecured: nats.pid !== undefined,
      serverPids: [nats.pid, postgres.pid].filter((pid) => pid !== undefined),
      stop: async () => {
        await nats.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Ends what still runs below `home` and removes all that it stored. */
export async function removeInfra(home) {
  await removePostgres({ directory: join(home, 'postgres') });
  await removeNats({ directory: join(home, 'nats') });
}

function foreign(address) {
  return { address, pid: undefined, stop: () => undefined };
}

async function startOwnPostgres(home) {
  const server = await step('Starting PostgreSQL', () =>
    startPostgres({ directory: join(home, 'postgres') }),
  );
  return { address: server.url(), pid: server.pid, stop: server.stop };
}

async function startOwnNats(home, secrets) {
  const users = natsUsers(secrets.nats);
  const server = await step('Starting NATS', () =>
    startNats({ directory: join(home, 'nats'), port: natsPort, users }),
  );
  return { address: server.url, pid: server.pid, stop: server.stop };
}
