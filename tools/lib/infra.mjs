// PostgreSQL and NATS of one installation: our own servers, or those that POSTGRES_URL and NATS_URL name.
import { join } from 'node:path';
import { natsUsers } from './nats-config.mjs';
import { removeNats, startNats } from './nats.mjs';
import { removePostgres, startPostgres } from './postgres.mjs';
import { step } from './progress.mjs';

const natsPort = 54222;

/** Starts both below `home` with its secrets; gives back their addresses and how to stop them. */
export async function startInfra({ home, secrets, env = process.env }) {
  const given = env.POSTGRES_URL;
  const postgres = given
    ? undefined
    : await step('Starting PostgreSQL', () => startPostgres({ directory: join(home, 'postgres') }));
  try {
    const nats = env.NATS_URL ? undefined : await startOwnNats(home, secrets);
    return {
      postgresUrl: given ?? postgres.url(),
      natsUrl: env.NATS_URL ?? nats.url,
      // A server that somebody else runs has its own users.
      natsSecured: !env.NATS_URL,
      stop: async () => {
        await nats?.stop();
        await postgres?.stop();
      },
    };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

/** Ends what still runs below `home` and removes all that it stored. */
export async function removeInfra(home) {
  await removePostgres({ directory: join(home, 'postgres') });
  await removeNats({ directory: join(home, 'nats') });
}

function startOwnNats(home, secrets) {
  const users = natsUsers(secrets.nats);
  return step('Starting NATS', () =>
    startNats({ directory: join(home, 'nats'), port: natsPort, users }),
  );
}
