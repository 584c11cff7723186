// Installs what package-lock.json says, when node_modules says otherwise. Built-ins only.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readJson } from './files.mjs';
import { acquireLock } from './lock.mjs';
import { step } from './progress.mjs';
import { repositoryRoot } from './root.mjs';

const oldestNode = [20, 19];

/** Makes node_modules what package-lock.json describes; quick when it already is. */
export async function installIfNeeded(root = repositoryRoot(), signal) {
  checkNode();
  if (isInstalled(root)) return;
  const lock = join(root, '.overture/install.lock');
  const release = await acquireLock(lock, { waitMs: 600_000, what: 'The installation' });
  try {
    if (!isInstalled(root))
      await step('Installing dependencies (npm ci)', () => npmCi(root, signal));
  } finally {
    release();
  }
}

// npm writes this list as the last step of an installation, so an interrupted one has none.
function isInstalled(root) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const present = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (!wanted || !present) return false;
  return Object.entries(wanted)
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, entry]) => isSame(entry, present[path]));
}

function isSame(wanted, present) {
  // Builds for other platforms are in the lock file but are not installed.
  if (present === undefined) return wanted.optional === true;
  return wanted.version === present.version && wanted.integrity === present.integrity;
}

function npmCi(root, signal) {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], { cwd: root, stdio: 'inherit', signal });
    child.on('error', (cause) =>
      reject(new Error('npm could not be run; is it installed?', { cause })),
    );
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(new Error(`npm ci ended with code ${code}; its message is above.`));
    });
  });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  const found = `Node.js ${process.versions.node}`;
  throw new Error(`Overture needs Node.js ${oldestNode.join('.')} or newer; this is ${found}.`);
}
