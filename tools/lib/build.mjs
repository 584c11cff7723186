import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { acquireLock } from './lock.mjs';
import { step } from './progress.mjs';
import { repositoryRoot } from './root.mjs';

/** Compiles what changed of these projects and those they build on (0.3 s when nothing did); of all by default. */
export async function buildIfNeeded({ root = repositoryRoot(), projects = [], signal } = {}) {
  const lock = join(root, '.overture/build.lock');
  const release = await acquireLock(lock, { waitMs: 300_000, what: 'The build' });
  try {
    await step('Building', () => compile(root, projects, signal));
  } finally {
    release();
  }
}

function compile(root, projects, signal) {
  const compiler = join(root, 'node_modules/typescript7/bin/tsc');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [compiler, '-b', ...projects], {
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
