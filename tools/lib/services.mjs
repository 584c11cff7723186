// The processes that `npm start` runs beside the database and NATS: all services in one, and the demo player.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess } from './processes.mjs';

const stopSignals = [
  ['SIGTERM', 25_000],
  ['SIGKILL', 5_000],
];

/** Starts all services in one process and waits until they are ready; `ended` rejects when they end by themselves. */
export async function startServices({ root, home, installation, stopper }) {
  const log = join(home, 'logs/services.log');
  mkdirSync(join(home, 'logs'), { recursive: true });
  const file = openSync(log, 'w', 0o600);
  const child = spawn(process.execPath, [join(root, 'deploy/local/dist/main.js')], {
    cwd: root,
    stdio: ['ignore', file, file, 'ipc'],
    env: { ...process.env, OVERTURE_INSTALLATION: JSON.stringify(installation) },
  });
  closeSync(file);
  const ended = failedEnd(child, log);
  await endWith(stopper, child);
  const ready = new Promise((resolve, reject) => {
    child.once('message', ({ ready: told, failed }) =>
      told ? resolve(told) : reject(new Error(failed)),
    );
  });
  return { ...(await Promise.race([ready, ended])), log, ended };
}

/** Plays the demo in this terminal until its end. */
export async function runDemo({ root, installation, services, csv, stopper }) {
  const child = spawn(process.execPath, [join(root, 'clients/demo/dist/main.js')], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...demoEnvironment(installation, services, csv) },
  });
  await endWith(stopper, child);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code && !stopper.signal.aborted) console.log(`The demo ended with code ${code}.`);
}

/** Runs one service in this terminal until it ends, and gives back its exit code. */
export async function runService({ root, name, args, installation, stopper }) {
  const given = installation && { OVERTURE_INSTALLATION: JSON.stringify(installation) };
  const main = join(root, 'deploy/local/dist/service-main.js');
  const child = spawn(process.execPath, [main, name, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...given },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await endWith(stopper, child);
  return ended;
}

// At once when the end is asked for, because somebody waits for the child; and in its turn, to be sure.
function endWith(stopper, child) {
  stopper.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return stopper.add(() => endProcess(child.pid, stopSignals));
}

function demoEnvironment({ secrets, home }, { urls, clockUrl, apiKey }, csv) {
  return {
    OVERTURE_URL: urls.gateway,
    OVERTURE_API_KEY: apiKey,
    OVERTURE_SIMULATOR_URL: urls.simulator,
    OVERTURE_DEMO_STATE: join(home, 'demo.json'),
    ...(clockUrl && { OVERTURE_CLOCK_URL: clockUrl, OVERTURE_CLOCK_TOKEN: secrets.keys.cron }),
    ...(csv && { OVERTURE_DEMO_CSV: csv }),
  };
}

function failedEnd(child, log) {
  const ended = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const tail = readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
      reject(
        new Error(`The services ended (${signal ?? code}). The last lines of ${log}:\n${tail}`),
      );
    });
  });
  // Somebody waits for it only while nobody asked for the end.
  ended.catch(() => undefined);
  return ended;
}
