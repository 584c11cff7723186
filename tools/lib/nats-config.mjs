// The server's configuration, made from the data in deploy/nats: who may publish and subscribe to what.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './root.mjs';

/** The event stream as data, and what every service may call. */
export function natsData(root = repositoryRoot()) {
  const read = (file) => JSON.parse(readFileSync(join(root, 'deploy/nats', file), 'utf8'));
  const { partitions, ...stream } = read('stream.json');
  return { stream, partitions, services: read('services.json') };
}

/** The users of one installation: a user for each service, `clock` for its driver and `admin` for the rest. */
export function natsUsers(passwords, data = natsData()) {
  const services = Object.entries(data.services).map(([service, { calls }]) => ({
    user: service,
    password: passwords[service],
    permissions: servicePermissions({ service, calls, ...data }),
  }));
  return [
    ...services,
    { user: 'clock', password: passwords.clock, permissions: clockPermissions() },
    { user: 'admin', password: passwords.admin },
  ];
}

/** The names of all users that need a password. */
export function natsUserNames(data = natsData()) {
  return [...Object.keys(data.services), 'clock', 'admin'];
}

/** The least a service needs: its own facts out, its own commands in, the calls it makes, its own consumers. */
function servicePermissions({ service, calls, stream, partitions }) {
  const durables = Array.from(
    { length: partitions },
    (_, partition) => `${service}-p${String(partition).padStart(2, '0')}`,
  );
  return {
    publish: [
      `overture.event.${service}.v1.>`,
      ...calls.map((context) => `overture.command.${context}.v1.>`),
      'overture.command.*.ops.v1.>',
      'overture.clock.now',
      ...streamSubjects(stream.name),
      ...durables.flatMap((durable) => consumerSubjects(stream.name, durable)),
    ],
    subscribe: [
      `_INBOX_${service}.>`,
      `overture.command.${service}.v1.>`,
      `overture.command.${service}.ops.v1.>`,
      `overture.clock.${service}.*`,
    ],
    allow_responses: true,
  };
}

function clockPermissions() {
  return {
    publish: ['overture.clock.>'],
    subscribe: ['overture.clock.now', '_INBOX_clock.>'],
    allow_responses: true,
  };
}

function streamSubjects(stream) {
  return ['INFO', 'CREATE', 'MSG.GET'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`);
}

// Clients create a durable in an old and a new form, and servers number acknowledgements in an old and a new form.
function consumerSubjects(stream, durable) {
  const at = `${stream}.${durable}`;
  return [
    `$JS.API.CONSUMER.CREATE.${at}`,
    `$JS.API.CONSUMER.CREATE.${at}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${at}`,
    `$JS.API.CONSUMER.INFO.${at}`,
    `$JS.API.CONSUMER.DELETE.${at}`,
    `$JS.API.CONSUMER.MSG.NEXT.${at}`,
    `$JS.ACK.${at}.>`,
    `$JS.ACK.*.*.${at}.>`,
  ];
}

/** The text of a configuration file; JSON is a subset of the server's own format. */
export function natsConfig({ name, host = '127.0.0.1', port, directory, users, syncAlways }) {
  return JSON.stringify({
    server_name: name,
    listen: `${host}:${port}`,
    ports_file_dir: directory,
    // A provider's callback of 1 MiB grows by a third on the way.
    max_payload: 2_097_152,
    jetstream: {
      store_dir: join(directory, 'store'),
      ...(syncAlways ? { sync_interval: 'always' } : {}),
    },
    ...(users ? { authorization: { users } } : {}),
  });
}
