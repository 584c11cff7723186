// The one-time part of `docker compose up`: schemas and roles in PostgreSQL, and the users of NATS. Repeating it
// changes nothing.
import { writeFileSync } from 'node:fs';
import { provision } from '../local/dist/index.js';
import { natsConfig, natsData, natsUserNames, natsUsers } from '../../tools/lib/nats-config.mjs';

const { POSTGRES_ADMIN_URL, OVERTURE_PASSWORD, NATS_CONFIG_FILE } = process.env;
if (!POSTGRES_ADMIN_URL || !OVERTURE_PASSWORD || !NATS_CONFIG_FILE) {
  throw new Error('POSTGRES_ADMIN_URL, OVERTURE_PASSWORD and NATS_CONFIG_FILE are needed.');
}

const same = (names, value) => Object.fromEntries(names.map((name) => [name, value]));
const services = Object.keys(natsData().services);
const users = natsUsers(same(natsUserNames(), OVERTURE_PASSWORD));

writeFileSync(
  NATS_CONFIG_FILE,
  natsConfig({
    name: 'overture',
    host: '0.0.0.0',
    port: 4222,
    directory: '/data',
    users,
    syncAlways: true,
  }),
);
await provision({
  postgresUrl: POSTGRES_ADMIN_URL,
  secrets: { postgres: same(services, { owner: OVERTURE_PASSWORD, app: OVERTURE_PASSWORD }) },
});
process.stdout.write('Schemas, roles and NATS users are ready.\n');
