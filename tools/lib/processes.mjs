import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process with this id exists; one that only waits to be reaped does not count. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return statOf(pid)?.state !== 'Z';
}

/** A text that tells this process from a later one with the same id, or undefined when it is gone. */
export function startMarkOf(pid) {
  if (!isAlive(pid)) return undefined;
  return statOf(pid)?.startTicks ?? describe(pid, 'lstart=');
}

/** The command line of a process, empty when it cannot be read. */
export function commandLineOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return describe(pid, 'command=') ?? '';
  }
}

// False when it outlives the deadline.
async function waitForExit(pid, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

/** Sends the signals one after another, each with its patience, until the process is gone. */
export async function endProcess(pid, signals) {
  for (const [signal, patienceMs] of signals) {
    signalProcess(pid, signal);
    if (await waitForExit(pid, patienceMs)) return;
  }
  throw new Error(`Process ${pid} is still there after ${signals.map(([name]) => name)}.`);
}

/** Signals a process; one that is already gone is no error. */
export function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Runs a program to its end and gives back its exit code and output; it never throws. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code, signal) => resolve({ code: code ?? -1, signal, output }));
  });
}

function statOf(pid) {
  try {
    // The name in brackets may hold anything, so the fields are counted from its closing bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
    return { state: fields[0], startTicks: fields[19] };
  } catch {
    return undefined;
  }
}

function describe(pid, field) {
  const { status, stdout } = spawnSync('ps', ['-o', field, '-p', String(pid)], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}
