import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
  return { url: (database?: string) => server.url(database), stop };
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

/** Runs so many callers side by side, each with its own endless series of calls, for a while. */
export async function measure(
  callers: number,
  unitsPerCall: number,
  newCaller: () => () => Promise<void>,
): Promise<Figures> {
  const latencies: number[] = [];
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
  const seconds = (performance.now() - start) / 1_000;
  return {
    perSecond: Math.round((latencies.length * unitsPerCall) / seconds),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

export function median(all: readonly Figures[]): Figures {
  return {
    perSecond: quantile(
      all.map((each) => each.perSecond),
      0.5,
    ),
    p50Ms: quantile(
      all.map((each) => each.p50Ms),
      0.5,
    ),
    p99Ms: quantile(
      all.map((each) => each.p99Ms),
      0.5,
    ),
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
