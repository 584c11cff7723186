import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { fromMs, instant, toMs } from '@overture/kernel';
import { afterTests, freshDatabase, type TestDatabase } from '@overture/testing';
import { Database, type DatabaseOptions, type NewEvent } from '../src/index.js';

export const schema = 'store';
export const at = instant('2026-03-04T09:15:00.000Z');
export const fixedClock = { now: () => at };

/** A clock that moves by a millisecond with every look, so that no two moments are the same by chance. */
export function tickingClock() {
  let ms = toMs(at);
  return { now: () => fromMs(ms++) };
}

export function counted(count: number, from = 1): NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'Counted',
    data: { n: from + index },
  }));
}

export const newTenant = () => randomUUID();
export const newStream = () => `counter-${randomUUID()}`;

export interface StoreFixture {
  readonly addresses: TestDatabase;
  readonly database: Database;
  open(options?: Partial<DatabaseOptions>): Database;
}

/** A migrated database of this test file and a Database on it; more of them with `open`. All end with the file. */
export async function storeFixture(): Promise<StoreFixture> {
  const addresses = await freshDatabase([{ schema, sets: ['event-store'] }]);
  const open = (options: Partial<DatabaseOptions> = {}) => {
    const url = addresses.services[schema]!.databaseUrl;
    const own = { url, schema, applicationName: 'event-store-test', clock: fixedClock };
    const database = new Database({ ...own, ...options });
    afterTests(() => database.close());
    return database;
  };
  return { addresses, database: open(), open };
}

/** A superuser's connection that looks into the schema. */
export async function adminClient({ addresses }: StoreFixture): Promise<Client> {
  const options = `-c search_path=${schema}`;
  const client = new Client({ connectionString: addresses.adminUrl, options });
  await client.connect();
  afterTests(() => client.end());
  return client;
}

/** A decider whose command is how many events to add. */
export const counter = {
  initialState: 0,
  evolve: (n: number) => n + 1,
  decide: (count: number, n: number) =>
    Array.from({ length: count }, (_, index) => ({ type: 'Counted', data: { n: n + index + 1 } })),
};
