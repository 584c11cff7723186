// Finds a nats-server, or fetches one: the PATH, our cache, the official release, the distribution's package.
import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { homedir } from 'node:os';
import { acquireLock } from './lock.mjs';
import { fromDistribution } from './nats-distribution.mjs';
import { fromRelease } from './nats-release.mjs';
import { run } from './processes.mjs';
import { repositoryRoot } from './root.mjs';

const oldest = [2, 9];

/** A usable nats-server: its path and version. Says what to install when there is none to be had. */
export async function findNatsServer({ env = process.env, log = console.log, sources } = {}) {
  const cache = cacheFolder(env);
  const cached = join(cache, 'nats-server');
  const misses = [];
  for (const path of [...onPath(env), cached]) {
    const version = await versionOf(path);
    if (isNewEnough(version)) return { path, version };
    if (existsSync(path)) misses.push(`${path}: version ${version ?? 'unknown'} is too old`);
  }
  const release = await acquireLock(`${cached}.lock`, { waitMs: 120_000, what: cached });
  try {
    return (await reuse(cached)) ?? (await fetchInto({ cache, cached, log, misses, sources }));
  } finally {
    release();
  }
}

// While this process waited for the lock, its owner may have fetched the server.
async function reuse(cached) {
  const version = await versionOf(cached);
  return isNewEnough(version) ? { path: cached, version } : undefined;
}

async function fetchInto({
  cache,
  cached,
  log,
  misses,
  sources = [fromRelease, fromDistribution],
}) {
  const folder = join(cache, `fetch-${process.pid}`);
  try {
    for (const source of sources) {
      for await (const attempt of source(folder, log)) {
        const version = attempt.path && (await versionOf(attempt.path));
        if (isNewEnough(version)) return keep(attempt.path, cached, version);
        misses.push(`${attempt.name}: ${attempt.problem ?? `version ${version ?? 'unknown'}`}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  throw new Error(nothingFound(misses, cached));
}

function keep(path, cached, version) {
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

/** Every nats-server on the PATH; Debian puts it in sbin, which an ordinary user's PATH lacks. */
function onPath(env) {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin'];
  const paths = folders.filter(Boolean).map((folder) => join(folder, 'nats-server'));
  return [...new Set(paths)].filter(isExecutable);
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
  if (!isExecutable(path)) return undefined;
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
