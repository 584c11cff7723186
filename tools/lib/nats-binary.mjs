// Finds a nats-server, or fetches one: the PATH, our cache, the official release, the distribution's package.
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { homedir } from 'node:os';
import { acquireLock } from './lock.mjs';
import { fromDistribution } from './nats-distribution.mjs';
import { fromRelease } from './nats-release.mjs';
import { run } from './processes.mjs';
import { repositoryRoot } from './root.mjs';

const oldest = [2, 9];
// Where Debian puts it; an ordinary user's PATH lacks them.
const sbin = ['/usr/local/sbin', '/usr/sbin'];

/** A usable nats-server: its path and version. Says what to install when there is none to be had. */
export async function findNatsServer({
  env = process.env,
  log = console.log,
  sources,
  systemFolders = sbin,
} = {}) {
  const cached = join(cacheFolder(env), 'nats-server');
  const { found, misses } = await firstUsable(present([...onPath(env, systemFolders), cached]));
  if (found) return found;
  const release = await acquireLock(`${cached}.lock`, { waitMs: 120_000, what: cached });
  try {
    // While this process waited for the lock, its owner may have fetched the server.
    const fetched = await firstUsable(present([cached]));
    return fetched.found ?? (await fetchInto({ cached, log, misses, sources }));
  } finally {
    release();
  }
}

async function fetchInto({ cached, log, misses, sources = [fromRelease, fromDistribution] }) {
  const folder = `${cached}-fetch-${process.pid}`;
  try {
    const fetched = await firstUsable(attempts(sources, folder, log));
    if (fetched.found) return keep(fetched.found, cached);
    throw new Error(nothingFound([...misses, ...fetched.misses], cached));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstUsable(candidates) {
  const misses = [];
  for await (const { name, path, problem } of candidates) {
    const version = path && (await versionOf(path));
    if (isNewEnough(version)) return { found: { path, version }, misses };
    misses.push(`${name}: ${problem ?? `version ${version ?? 'unknown'} does not do`}`);
  }
  return { misses };
}

async function* present(paths) {
  for (const path of paths.filter(isExecutable)) yield { name: path, path };
}

async function* attempts(sources, folder, log) {
  for (const source of sources) yield* source(folder, log);
}

function keep({ path, version }, cached) {
  const partial = `${cached}.${process.pid}`;
  copyFileSync(path, partial);
  chmodSync(partial, 0o755);
  renameSync(partial, cached);
  return { path: cached, version };
}

function nothingFound(misses, cached) {
  return [
    `No nats-server ${oldest.join('.')} or newer was found, and none could be fetched.`,
    ...misses.map((miss) => `  - ${miss}`),
    'Install one (Debian, Ubuntu: apt-get install nats-server; macOS: brew install nats-server),',
    `or put the program at ${cached}, or set NATS_URL to a server with JetStream.`,
  ].join('\n');
}

/** Every nats-server on the PATH and in these folders. */
function onPath(env, more) {
  const folders = [...(env.PATH ?? '').split(delimiter), ...more];
  const paths = folders.filter(Boolean).map((folder) => join(folder, 'nats-server'));
  return [...new Set(paths)];
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function versionOf(path) {
  const { output } = await run(path, ['--version']);
  return /v(\d+\.\d+\.\d+)/.exec(output)?.[1];
}

function isNewEnough(version) {
  if (!version) return false;
  const [major, minor] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

function cacheFolder(env) {
  const wanted = env.OVERTURE_CACHE ?? join(env.HOME ?? homedir(), '.cache', 'overture');
  for (const folder of [wanted, join(repositoryRoot(), '.overture', 'cache')]) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch {
      continue;
    }
  }
  throw new Error(`Neither ${wanted} nor .overture/cache can be written to. Set OVERTURE_CACHE.`);
}
