import { serviceNames, type Installation } from './installation.js';
import { databaseUrl } from './provision.js';

/** The variables that all services of this installation read: each service its own users and passwords. */
export function environmentOf(installation: Installation, apiKey: string): Record<string, string> {
  const { secrets, ports, natsUrl, clock } = installation;
  return {
    NATS_URL: natsUrl,
    CLOCK: clock,
    LOG_LEVEL: 'info',
    FINGERPRINT_KEY: secrets.keys.fingerprint,
    SEAL_KEYS: secrets.keys.seal,
    EDGES_BASE_URL: `http://127.0.0.1:${ports['simulator']}/edges/v1`,
    EDGES_API_KEY: secrets.keys.edges,
    // The demo's partner listens on this machine.
    ALLOW_PRIVATE_ENDPOINTS: 'true',
    CRON_SECRET: secrets.keys.cron,
    BOOTSTRAP_API_KEY: apiKey,
    ...Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [`${name.toUpperCase()}_PORT`, String(port)]),
    ),
    ...Object.assign({}, ...serviceNames.map((service) => ownVariables(installation, service))),
  };
}

function ownVariables({ postgresUrl, secrets, natsSecured }: Installation, service: string) {
  const prefix = service.toUpperCase();
  const { owner, app } = secrets.postgres[service] ?? { owner: '', app: '' };
  const nats = {
    [`${prefix}_NATS_USER`]: service,
    [`${prefix}_NATS_PASSWORD`]: secrets.nats[service],
  };
  return {
    [`${prefix}_DATABASE_URL`]: databaseUrl(postgresUrl, { name: `${service}_app`, password: app }),
    [`${prefix}_MIGRATIONS_URL`]: databaseUrl(postgresUrl, {
      name: `${service}_owner`,
      password: owner,
    }),
    ...(natsSecured ? nats : {}),
  };
}
