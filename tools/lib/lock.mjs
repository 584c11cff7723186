import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMarkOf } from './processes.mjs';

/**
 * Takes a lock file for this process and gives back its release. A lock whose owner died is taken over;
 * one whose owner lives is waited for up to `waitMs`, then refused with the owner's process id.
 */
export async function acquireLock(file, { waitMs = 0, what = file } = {}) {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const { release, owner } = tryLock(file);
    if (release) return release;
    if (performance.now() >= deadline) {
      throw new Error(
        `${what} is in use by process ${owner}. Stop that one first, then try again.`,
      );
    }
    await sleep(100);
  }
}

/** Takes a lock file at once, or names the process that has it. */
export function tryLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, mark: startMarkOf(process.pid) });
  try {
    writeFileSync(file, mine, { flag: 'wx' });
    return { release: () => rmSync(file, { force: true }) };
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const owner = ownerOf(file);
  if (owner !== undefined) return { owner };
  rmSync(file, { force: true });
  return tryLock(file);
}

function ownerOf(file) {
  try {
    const { pid, mark } = JSON.parse(readFileSync(file, 'utf8'));
    return startMarkOf(pid) === mark ? pid : undefined;
  } catch {
    // Gone in the meantime, or cut short when its owner died while writing.
    return undefined;
  }
}
