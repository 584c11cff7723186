import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

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

/** Installs message-db from the SQL its package ships. */
export async function installMessageDb(client: pg.Client): Promise<void> {
  const folder = 'node_modules/@eventide/message-db/database';
  for (const file of files) {
    const sql = readFileSync(join(folder, `${file}.sql`), 'utf8');
    await client.query(sql.replaceAll(/\bCONCURRENTLY\b/g, ''));
  }
}
