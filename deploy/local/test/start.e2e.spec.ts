import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@overture/testing';
import { isAlive } from '../../../tools/lib/processes.mjs';
import { repositoryRoot } from '../../../tools/lib/root.mjs';
import { temporaryFolder } from '../../../tools/lib/temporary.mjs';
import type { Installation } from '../src/installation.js';

// The life of `npm start` as its user sees it; the data in a folder of its own, the rest as on any machine.
describe('npm start', () => {
  const home = temporaryFolder();
  const started: ChildProcess[] = [];

  afterAll(async () => {
    for (const { pid } of started) if (pid && isAlive(pid)) process.kill(pid, 'SIGKILL');
    await waitFor(() => leftOver(home).length === 0, { what: 'all processes to end' });
    rmSync(home, { recursive: true, force: true });
  });

  it('serves, refuses a second start, and leaves nothing behind after two signals', async () => {
    const first = await start(home, started);
    expect(await statusOf(first.url, first.key)).toBe(200);
    expect(await statusOf(first.url, 'ovt_local_wrong')).toBe(401);
    const second = run(home, started);
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/in use by process \d+\. Stop that one first/);
    process.kill(first.pid, 'SIGINT');
    process.kill(first.pid, 'SIGINT');
    expect(await first.ended).toBe(0);
    expect(leftOver(home)).toEqual([]);
  });

  it('goes on with the same data and key, and ends its servers even when it is killed (P12)', async () => {
    const key = readFileSync(join(home, 'api-key'), 'utf8').trim();
    const again = await start(home, started);
    expect(again.key).toBe(key);
    expect(await statusOf(again.url, key)).toBe(200);
    process.kill(again.pid, 'SIGKILL');
    await waitFor(() => leftOver(home).length === 0, { what: 'the servers to end' });
    const afterwards = await start(home, started);
    expect(await statusOf(afterwards.url, key)).toBe(200);
    process.kill(afterwards.pid, 'SIGTERM');
    expect(await afterwards.ended).toBe(0);
  });
});

function run(home: string, started: ChildProcess[]) {
  const root = repositoryRoot();
  const child = spawn(process.execPath, [join(root, 'tools/start.mjs'), '--no-demo'], {
    env: { ...process.env, OVERTURE_HOME: home, LOG_LEVEL: 'info' },
  });
  started.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  return { pid: child.pid ?? 0, ended, output: () => output };
}

async function start(home: string, started: ChildProcess[]) {
  const running = run(home, started);
  const ready = await waitFor(
    () => {
      if (!isAlive(running.pid)) throw new Error(`npm start ended:\n${running.output()}`);
      return /runs at (\S+) [^]*key (\S+)/.exec(running.output());
    },
    { what: 'npm start', timeoutMs: 900_000, everyMs: 100 },
  );
  return { ...running, url: ready[1] ?? '', key: ready[2] ?? '' };
}

async function statusOf(url: string, key: string): Promise<number> {
  const response = await fetch(`${url}/v1/campaigns`, {
    headers: { authorization: `Bearer ${key}` },
  });
  await response.arrayBuffer();
  return response.status;
}

/** The servers of the last start that are still there. */
function leftOver(home: string): number[] {
  const file = join(home, 'running.json');
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as Installation).serverPids.filter((pid) =>
    isAlive(pid),
  );
}
