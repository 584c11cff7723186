import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../tools/lib/postgres.mjs';
import { temporaryFolder } from '../../tools/lib/temporary.mjs';

export const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
export const secondsPerCell = Number(process.env['BENCH_SECONDS'] ?? 2);

/** What one contestant did in one cell. */
export interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time per unit, ours and the server's; tells more than speed where others work on the machine too. */
  readonly cpuMicros: number;
}

/** A PostgreSQL of this benchmark alone, with durable commits; `stop` removes it. */
export async function benchPostgres() {
  const folder = temporaryFolder();
  const server = await startPostgres({ directory: join(folder, 'postgres'), port: 0 });
  await withClient(server.url(), async (client) => {
    // A checkpoint in one contestant's turn would be paid by that one alone.
    await client.query(`alter system set max_wal_size = '8GB'`);
    await client.query(`alter system set checkpoint_timeout = '1h'`);
    await client.query('select pg_reload_conf()');
  });
  const stop = async () => {
    await server.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  const cpuMicros = () => ownCpuMicros() + childrenCpuMicros(server.pid);
  return { url: (database?: string) => server.url(database), stop, cpuMicros };
}

export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export interface Load {
  readonly callers: number;
  readonly unitsPerCall: number;
  readonly cpuMicros: () => number;
}

/** Runs so many callers side by side, each with its own endless series of calls, for a while. */
export async function measure(
  { callers, unitsPerCall, cpuMicros }: Load,
  newCaller: () => () => Promise<void>,
): Promise<Figures> {
  const latencies: number[] = [];
  const cpuBefore = cpuMicros();
  const start = performance.now();
  const end = start + secondsPerCell * 1_000;
  const runCaller = async () => {
    const call = newCaller();
    while (performance.now() < end) {
      const before = performance.now();
      await call();
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, runCaller));
  const units = latencies.length * unitsPerCall;
  return {
    perSecond: Math.round((units * 1_000) / (performance.now() - start)),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMicros: (cpuMicros() - cpuBefore) / units,
  };
}

export function median(all: readonly Figures[]): Figures {
  const middle = (of: (each: Figures) => number) => quantile(all.map(of), 0.5);
  return {
    perSecond: middle((each) => each.perSecond),
    p50Ms: middle((each) => each.p50Ms),
    p99Ms: middle((each) => each.p99Ms),
    cpuMicros: middle((each) => each.cpuMicros),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Keeps the figures where `docs/performance.md` takes them from. */
export function writeReport(name: string, report: object): void {
  mkdirSync('.overture/bench', { recursive: true });
  const machine = { node: process.version, platform: process.platform };
  const file = join('.overture/bench', `${name}.json`);
  writeFileSync(file, `${JSON.stringify({ ...machine, ...report }, null, 2)}\n`);
  console.log(`\nWritten to ${file}`);
}

function ownCpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Processor time that one other process has used so far. */
export function cpuMicrosOf(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const ticks = statOf(String(pid)).slice(11, 13);
  return ticks.reduce((sum, each) => sum + Number(each) * 10_000, 0);
}

// Linux only: /proc/<pid>/stat counts hundredths of a second, in fields 14 and 15 those of the process and in 16 and
// 17 those of its children that have ended.
function childrenCpuMicros(parent: number): number {
  if (process.platform !== 'linux') return 0;
  const ended = statOf(String(parent)).slice(13, 15);
  const alive = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((fields) => Number(fields[1]) === parent)
    .flatMap((fields) => fields.slice(11, 13));
  return [...ended, ...alive].reduce((sum, ticks) => sum + Number(ticks) * 10_000, 0);
}

/** The fields behind the command's name, which may hold spaces. */
function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
