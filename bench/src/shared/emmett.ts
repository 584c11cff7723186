import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import type pg from 'pg';
import { createDatabase } from '@overture/event-store';
import { withClient, type Url } from './postgres.js';

/** Emmett's store on a database of its own. */
export async function emmettStore(url: Url, database: string, pool?: pg.Pool) {
  await withClient(url(), (admin) => createDatabase(admin, database));
  const options = pool && { connectionOptions: { pooled: true, pool } as const };
  const store = getPostgreSQLEventStore(url(database), options);
  await store.schema.migrate();
  return store;
}

/** What it calls the first append of a stream, or the next one. */
export function expectedAt(version: number): 'STREAM_DOES_NOT_EXIST' | bigint {
  return version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version);
}
