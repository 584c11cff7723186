import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { createDatabase } from '@overture/event-store';
import { peerPool, withClient, type Url } from './postgres.js';
import { event } from './sample-event.js';

// The order of its install.sh.
const files = `
  roles/message-store schema/message-store extensions/pgcrypto tables/messages types/message
  functions/cardinal-id functions/id functions/hash-64 functions/category functions/is-category
  functions/acquire-lock functions/stream-version functions/write-message
  functions/get-category-messages functions/get-last-stream-message
  indexes/messages-id indexes/messages-stream indexes/messages-category
`
  .trim()
  .split(/\s+/);

// Its function writes one message; one statement for a batch is the best it can do.
const writeMessages = {
  name: 'write-messages',
  text: `select write_message(m.id, $2, $3, $4::jsonb, null, m.expected)
    from unnest($1::text[], $5::bigint[]) as m (id, expected)`,
};

/** message-db, installed from the SQL its package ships, in a database of its own. */
export async function openMessageDb(url: Url, database: string, connectionsMax: number) {
  await withClient(url(), (admin) => createDatabase(admin, database));
  await withClient(url(database), install);
  return peerPool(url(database), connectionsMax, '-c search_path=message_store,public');
}

/** Writes sample events behind a version of a stream. */
export async function writeSamples(
  pool: pg.Pool,
  { streamId, version, amount }: { streamId: string; version: number; amount: number },
): Promise<void> {
  const ids = Array.from({ length: amount }, () => randomUUID());
  const expected = ids.map((_, index) => version - 1 + index);
  const values = [ids, streamId, event.type, JSON.stringify(event.data), expected];
  await pool.query({ ...writeMessages, values });
}

async function install(client: pg.Client): Promise<void> {
  const folder = 'node_modules/@eventide/message-db/database';
  for (const file of files) {
    const sql = readFileSync(join(folder, `${file}.sql`), 'utf8');
    await client.query(sql.replaceAll(/\bCONCURRENTLY\b/g, ''));
  }
}
