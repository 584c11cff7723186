// A real nats-server of our own. Built-ins only.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomSecret, writePrivate } from './files.mjs';
import { acquireLock } from './lock.mjs';
import { findNatsServer } from './nats-binary.mjs';
import { natsConfig } from './nats-config.mjs';
import { freePort } from './ports.mjs';
import { commandLineOf, endProcess, isAlive, signalProcess } from './processes.mjs';

const startTimeoutMs = 180_000;
const stopSignals = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 60_000],
];

/**
 * Starts nats-server with JetStream on 127.0.0.1, its store below `directory`; without `users` anybody may connect.
 * nats-server does not lock its store, so this does: a second start on the same directory is refused.
 */
export async function startNats({ directory, port = 0, users, binary, name, syncAlways }) {
  mkdirSync(directory, { recursive: true });
  const release = await acquireLock(join(directory, 'nats.lock'), {
    what: `NATS store ${directory}`,
  });
  const found = binary ?? (await findNatsServer());
  const files = { config: join(directory, 'nats.conf'), log: join(directory, 'nats.log') };
  const host = {
    directory,
    users,
    // Every acknowledged publish is on disk from 2.10 on; older servers sync every two minutes.
    syncAlways: syncAlways ?? !/^2\.[0-9]\./.test(found.version),
    ...found,
    ...files,
    name: name ?? `overture-${randomSecret()}`,
  };
  await endLeftover(host);
  let server = await launch(host, await freePort(port));
  const stop = async () => {
    await endProcess(server.pid, stopSignals);
    release();
  };
  return {
    name: host.name,
    version: host.version,
    get port() {
      return server.port;
    },
    get pid() {
      return server.pid;
    },
    get url() {
      return `nats://127.0.0.1:${server.port}`;
    },
    stop,
    kill: () => endProcess(server.pid, [['SIGKILL', 60_000]]),
    /** Starts it again on the same port, after `kill` or while it runs; `wipe` loses all that it stored. */
    restart: async ({ wipe = false } = {}) => {
      if (isAlive(server.pid)) await endProcess(server.pid, stopSignals);
      if (wipe) rmSync(join(directory, 'store'), { recursive: true, force: true });
      server = await launch(host, server.port, { samePort: true });
    },
    destroy: async () => {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Ends a server that still runs on this directory, and removes it. */
export async function removeNats({ directory }) {
  const release = await acquireLock(join(directory, 'nats.lock'), {
    what: `NATS store ${directory}`,
  });
  await endLeftover({ directory, config: join(directory, 'nats.conf') });
  release();
  rmSync(directory, { recursive: true, force: true });
}

// Our lock is free, so a server that still runs on this configuration outlived the process that started it.
async function endLeftover({ directory, config }) {
  const pidFile = join(directory, 'nats.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (isAlive(pid) && commandLineOf(pid).includes(config)) await endProcess(pid, stopSignals);
  rmSync(pidFile, { force: true });
}

async function launch(host, port, { samePort = false } = {}) {
  const deadline = performance.now() + startTimeoutMs;
  for (let asked = port; ; asked = samePort ? port : await freePort()) {
    const pid = spawnServer(host, asked);
    const listening = await portOf(host, pid, deadline);
    if (listening !== undefined) {
      await checkIdentity(host, listening);
      return { pid, port: listening };
    }
    const log = readFileSync(host.log, 'utf8').slice(-2_000);
    if (performance.now() > deadline || !log.includes('address already in use')) {
      signalProcess(pid, 'SIGKILL');
      throw new Error(`nats-server (${host.path}) did not start:\n${log}`);
    }
    await sleep(100);
  }
}

function spawnServer({ path, directory, config, log, name, users, syncAlways }, port) {
  writePrivate(config, natsConfig({ name, port, directory, users, syncAlways }));
  const logFile = openSync(log, 'w', 0o600);
  const child = spawn(path, ['--config', config, '--pid', join(directory, 'nats.pid')], {
    detached: true,
    stdio: ['ignore', logFile, logFile],
  });
  closeSync(logFile);
  child.on('error', () => {});
  child.unref();
  if (child.pid === undefined) throw new Error(`nats-server could not be run: ${path}`);
  return child.pid;
}

async function portOf({ directory, path }, pid, deadline) {
  const file = join(directory, `${path.split('/').pop()}_${pid}.ports`);
  while (isAlive(pid) && performance.now() < deadline) {
    const listed = readPorts(file);
    if (listed !== undefined) return Number(new URL(listed.nats[0]).port);
    await sleep(5);
  }
  return undefined;
}

function readPorts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Not there yet, or half written.
    return undefined;
  }
}

async function checkIdentity({ name }, port) {
  const info = await serverInfo(port);
  if (info.server_name === name) return;
  const text = `127.0.0.1:${port} answers as NATS server "${info.server_name}", expected "${name}".`;
  throw new Error(`${text} Another server holds the port; stop it or choose another port.`);
}

/** What a NATS server says of itself to everybody who connects. */
export function serverInfo(port, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host });
    let text = '';
    socket.setTimeout(5_000, () => socket.destroy(new Error(`No greeting from ${host}:${port}.`)));
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\r\n')) return;
      socket.destroy();
      resolve(JSON.parse(text.slice('INFO '.length, text.indexOf('\r\n'))));
    });
  });
}
