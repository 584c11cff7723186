import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../../tools/lib/postgres.mjs';
import { temporaryFolder } from '../../../tools/lib/temporary.mjs';
import { cpuMicrosOfChildren, ownCpuMicros } from './processes.js';

/** The superuser's address of a database of the benchmark's server. */
export type Url = (database?: string) => string;

/** A PostgreSQL of this benchmark alone, with durable commits; `stop` removes it. */
export async function benchPostgres() {
  const folder = temporaryFolder();
  const server = await startPostgres({ directory: join(folder, 'postgres'), port: 0 });
  const url: Url = (database) => server.url(database);
  await withClient(url(), async (client) => {
    // A checkpoint in one contestant's turn would be paid by that one alone.
    await client.query(`alter system set max_wal_size = '8GB'`);
    await client.query(`alter system set checkpoint_timeout = '1h'`);
    // A server that has run for a while uses its WAL files again; a new one fills each with zeros while all commits wait.
    await client.query(`alter system set min_wal_size = '4GB'`);
    await client.query('select pg_reload_conf()');
  });
  return {
    url,
    /** Before a turn: what earlier turns left to be written is not for this one to pay. */
    async checkpoint() {
      await withClient(url(), (client) => client.query('checkpoint'));
    },
    /** Processor time used so far, the benchmark's own and the server's. */
    cpuMicros: () => ownCpuMicros() + cpuMicrosOfChildren(server.pid),
    async stop() {
      await server.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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

/** A pool for a peer. */
export function peerPool(url: string, max: number, options = ''): pg.Pool {
  // A connection that came and went would take the processor time it used out of the figures.
  const pool = new pg.Pool({ connectionString: url, options, max, idleTimeoutMillis: 0 });
  // The last ones may still be closing when the server stops.
  pool.on('error', () => undefined);
  return pool;
}
