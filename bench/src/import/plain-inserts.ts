import { randomUUID } from 'node:crypto';
import { createDatabase } from '@overture/event-store';
import { peerPool, withClient, type Url } from '../shared/postgres.js';
import { records, type Importer } from './importer.js';

const rowsAtOnce = 1_000;
const columns = ['First Name', 'Last Name', 'URL', 'Email Address', 'Company', 'Position'];
const table = `create table leads (
  lead_id uuid primary key, first_name text, last_name text, url text, email text,
  company text, position text)`;
const insert = `insert into leads
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`;

/** The plainest import there is: rows into one table, no duplicates found, nothing sealed, no events. */
export async function plainInserts(url: Url): Promise<Importer> {
  await withClient(url(), (admin) => createDatabase(admin, 'plain'));
  const pool = peerPool(url('plain'), 1);
  await pool.query(table);
  return {
    name: `csv-parse + insert of ${rowsAtOnce}, no checks`,
    async run(file) {
      let imported = 0;
      let waiting: Record<string, string>[] = [];
      const flush = async () => {
        const values = columns.map((column) => waiting.map((row) => row[column]));
        await pool.query(insert, [waiting.map(() => randomUUID()), ...values]);
        imported += waiting.length;
        waiting = [];
      };
      for await (const record of records(file)) {
        if (waiting.push(record) === rowsAtOnce) await flush();
      }
      if (waiting.length > 0) await flush();
      return imported;
    },
    close: () => pool.end(),
  };
}
