// What only this installation knows, made at its first start and kept in .overture/secrets.json (mode 0600).
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { randomSecret, readJson, writePrivate } from './files.mjs';
import { natsData, natsUserNames } from './nats-config.mjs';

/** The passwords and keys of this installation; what is missing is made. */
export function loadSecrets(home) {
  const file = join(home, 'secrets.json');
  const kept = readJson(file) ?? {};
  const services = Object.keys(natsData().services);
  const secrets = {
    postgres: withDefaults(kept.postgres, services, () => ({
      owner: randomSecret(),
      app: randomSecret(),
    })),
    nats: withDefaults(kept.nats, natsUserNames(), randomSecret),
    keys: {
      fingerprint: randomBytes(32).toString('base64'),
      seal: `1:${randomBytes(32).toString('base64')}`,
      edges: randomSecret(),
      cron: randomSecret(),
      ...kept.keys,
    },
  };
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) {
    writePrivate(file, `${JSON.stringify(secrets, null, 2)}\n`);
  }
  return secrets;
}

function withDefaults(kept = {}, names, make) {
  return Object.fromEntries(names.map((name) => [name, kept[name] ?? make()]));
}
