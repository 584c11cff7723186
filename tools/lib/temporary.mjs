// Folders of test runs and what they leave behind: a run that was killed is cleaned up by the next one.
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOf, endProcess, isAlive, startMarkOf } from './processes.mjs';

const prefix = 'overture-run-';
const serverFiles = [
  'nats/nats.pid',
  'nats.pid',
  'postgres/data/postmaster.pid',
  'data/postmaster.pid',
];

/** A new folder of this process below the system's temporary one. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // PostgreSQL of root runs as another user, who must get in; what is secret has its own mode.
  chmodSync(folder, 0o711);
  const owner = { pid: process.pid, mark: startMarkOf(process.pid) };
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));
  return folder;
}

/** Ends the servers and removes the folders of runs whose process is gone. */
export async function sweepTemporary() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (isOurs(folder) && isAbandoned(folder)) await remove(folder);
  }
}

// It may be gone by now: its owner has ended, or another sweep was here.
function isOurs(folder) {
  return statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
}

function isAbandoned(folder) {
  try {
    const { pid, mark } = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'));
    return startMarkOf(pid) !== mark;
  } catch {
    // Its owner has not written its name yet, or another sweep removes it at this moment.
    return false;
  }
}

async function remove(folder) {
  for (const file of serverFiles) {
    const pid = pidIn(join(folder, file));
    if (pid && isAlive(pid) && commandLineOf(pid).includes(folder)) {
      await endProcess(pid, [['SIGKILL', 60_000]]);
    }
  }
  rmSync(folder, { recursive: true, force: true });
}

function pidIn(file) {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return undefined;
  }
}
