// A real PostgreSQL of our own, from the binaries that npm installed. Built-ins only.
import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomSecret, writePrivate } from './files.mjs';
import { freePort } from './ports.mjs';
import { nativeFolder, postgresUser, reachableDirectory } from './postgres-native.mjs';
import { commandLineOf, endProcess, isAlive, run, signalProcess } from './processes.mjs';
import { repositoryRoot } from './root.mjs';

const defaultPort = 54330;
const startTimeoutMs = 180_000;
// Fast, then immediate shutdown; the last one leaves recovery to the next start.
const stopSignals = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 60_000],
];
// The port was taken in the last moment, or backends of a killed postmaster still hold its memory.
const passingProblems =
  /could not bind|could not create any TCP|still in use|lock file .* already exists/;
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  jit: 'off',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
};

/**
 * Starts PostgreSQL on 127.0.0.1 with its files below `directory`, creating the cluster at the first start.
 * A server that a killed owner left on the same files is ended first.
 */
export async function startPostgres({ directory, port = defaultPort, root = repositoryRoot() }) {
  const user = postgresUser();
  const native = nativeFolder(root, user);
  const data = join(reachableDirectory(directory, user), 'data');
  const cluster = { native, data, user, directory, log: join(directory, 'postgres.log') };
  mkdirSync(directory, { recursive: true });
  cluster.password = await createCluster(cluster);
  await endLeftover(data);
  let server = await launch(cluster, await freePort(port));
  return {
    data,
    get port() {
      return server.port;
    },
    get pid() {
      return server.pid;
    },
    url: (database = 'postgres') =>
      `postgres://postgres:${cluster.password}@127.0.0.1:${server.port}/${database}`,
    stop: () => endProcess(server.pid, stopSignals),
    kill: () => endProcess(server.pid, [['SIGKILL', 60_000]]),
    /** Starts it again on the same port, after `stop` or `kill`. */
    restart: async () => {
      if (isAlive(server.pid)) await endProcess(server.pid, stopSignals);
      server = await launch(cluster, server.port, { samePort: true });
    },
    destroy: async () => {
      await endProcess(server.pid, stopSignals);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Ends a server that still runs on these files, and removes them. */
export async function removePostgres({ directory }) {
  const data = join(reachableDirectory(directory, postgresUser()), 'data');
  await endLeftover(data);
  for (const folder of [data, directory]) rmSync(folder, { recursive: true, force: true });
}

async function createCluster({ native, data, user, directory }) {
  const passwordFile = join(directory, 'postgres-password');
  if (existsSync(join(data, 'PG_VERSION')) && existsSync(passwordFile)) {
    return readFileSync(passwordFile, 'utf8');
  }
  // An initdb that was cut short leaves files that PostgreSQL would refuse.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const password = randomSecret();
  const forInitdb = join(data, '..', 'initdb-password');
  writeFileSync(forInitdb, password, { mode: 0o600 });
  if (user.uid !== undefined)
    for (const path of [data, forInitdb]) chownSync(path, user.uid, user.gid);
  const args = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${forInitdb}`];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const { code, output } = await run(
    join(native, 'bin/initdb'),
    [...args, '-E', 'UTF8', ...locale],
    options(data, user),
  );
  rmSync(forInitdb, { force: true });
  if (code !== 0) throw new Error(`PostgreSQL could not create ${data}:\n${output}`);
  writePrivate(passwordFile, password);
  return password;
}

function options(data, user) {
  return { ...user, cwd: data, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
}

async function endLeftover(data) {
  const file = join(data, 'postmaster.pid');
  const pid = Number(readLines(file)[0]);
  if (!pid) return;
  if (isAlive(pid) && commandLineOf(pid).includes(data)) await endProcess(pid, stopSignals);
  // PostgreSQL refuses to start while any process, even a foreign one, has the id of a dead postmaster.
  else rmSync(file, { force: true });
}

async function launch(cluster, port, { samePort = false } = {}) {
  const deadline = performance.now() + startTimeoutMs;
  for (let asked = port; ; asked = samePort ? port : await freePort()) {
    const pid = spawnServer(cluster, asked);
    if (await becomesReady(cluster.data, pid, deadline)) return { pid, port: asked };
    const log = readFileSync(cluster.log, 'utf8').slice(-2_000);
    if (performance.now() > deadline || !passingProblems.test(log)) {
      signalProcess(pid, 'SIGKILL');
      throw new Error(`PostgreSQL did not start on 127.0.0.1:${asked}:\n${log}`);
    }
    await sleep(100);
  }
}

function spawnServer({ native, data, user, log }, port) {
  const args = Object.entries({ ...settings, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const logFile = openSync(log, 'w', 0o600);
  // Detached: Ctrl-C in the terminal must reach the services first, and the database last.
  const child = spawn(join(native, 'bin/postgres'), ['-D', data, ...args], {
    ...options(data, user),
    detached: true,
    stdio: ['ignore', logFile, logFile],
  });
  closeSync(logFile);
  child.on('error', () => {});
  child.unref();
  if (child.pid === undefined)
    throw new Error(`PostgreSQL could not be run: ${native}/bin/postgres`);
  return child.pid;
}

async function becomesReady(data, pid, deadline) {
  while (isAlive(pid) && performance.now() < deadline) {
    // The lines of postmaster.pid are documented for pg_ctl: the first is the id, the eighth the state.
    const lines = readLines(join(data, 'postmaster.pid'));
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true;
    await sleep(10);
  }
  return false;
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
