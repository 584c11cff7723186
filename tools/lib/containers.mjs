// The same servers as containers, for machines that have a Docker engine: OVERTURE_TEST_INFRA=containers.
import { randomSecret } from './files.mjs';
import { natsConfig } from './nats-config.mjs';
import { freePort } from './ports.mjs';

const images = { postgres: 'postgres:18', nats: 'nats:2.11-alpine' };
const configFile = '/etc/nats/overture.json';

/** A PostgreSQL with the settings that tests rely on. */
export async function startPostgresContainer() {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await withEngine(() =>
    new PostgreSqlContainer(images.postgres)
      .withUsername('postgres')
      .withPassword(randomSecret())
      .withCommand(['postgres', '-c', 'max_connections=200', '-c', 'timezone=UTC'])
      .start(),
  );
  return { url: () => container.getConnectionUri(), destroy: () => container.stop() };
}

/** What `startNats` gives, from a container: always the same port, and the same store unless it is wiped. */
export async function startNatsContainer({ users, name = `overture-${randomSecret()}` }) {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const port = await freePort();
  let container = await natsContainer({ users, name, port });
  const docker = async () =>
    (await getContainerRuntimeClient()).container.getById(container.getId());
  return {
    name,
    version: images.nats,
    port,
    url: `nats://127.0.0.1:${port}`,
    stop: () => container.stop({ remove: false }),
    kill: async () => (await docker()).kill(),
    restart: async ({ wipe = false } = {}) => {
      if (!wipe) return container.restart();
      await container.stop();
      container = await natsContainer({ users, name, port });
    },
    destroy: () => container.stop(),
  };
}

async function natsContainer({ users, name, port }) {
  const { GenericContainer, Wait } = await import('testcontainers');
  const config = natsConfig({ name, port: 4222, directory: '/data', users, syncAlways: true });
  const content = config.replace('127.0.0.1:4222', '0.0.0.0:4222');
  return withEngine(() =>
    new GenericContainer(images.nats)
      .withCopyContentToContainer([{ content, target: configFile }])
      .withCommand(['--config', configFile])
      .withExposedPorts({ container: 4222, host: port })
      .withWaitStrategy(Wait.forLogMessage('Server is ready'))
      .start(),
  );
}

async function withEngine(start) {
  try {
    return await start();
  } catch (cause) {
    const text = 'OVERTURE_TEST_INFRA=containers needs a running Docker engine';
    throw new Error(`${text} (${cause.message}). Start it, or unset the variable.`, { cause });
  }
}
