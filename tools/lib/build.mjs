import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { acquireLock } from './lock.mjs';
import { step } from './progress.mjs';
import { repositoryRoot } from './root.mjs';

/** Compiles every project that changed; the compiler itself knows which (0.3 s when none did). */
export async function buildIfNeeded(root = repositoryRoot(), signal) {
  const lock = join(root, '.overture/build.lock');
  const release = await acquireLock(lock, { waitMs: 300_000, what: 'The build' });
  try {
    await step('Building', () => compile(root, signal));
  } finally {
    release();
  }
}

function compile(root, signal) {
  const compiler = join(root, 'node_modules/typescript7/bin/tsc');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [compiler, '-b'], {
      cwd: root,
      stdio: 'inherit',
      signal,
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(new Error(`The build failed with code ${code}; the compiler's messages are above.`));
    });
  });
}
