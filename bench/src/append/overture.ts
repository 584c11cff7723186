import { Database, PostgresEventStore } from '@overture/event-store';
import type { Url } from '../shared/postgres.js';
import { event, tenantId } from '../shared/sample-event.js';
import { serviceSchema, wallClock } from '../shared/service-schema.js';
import { connectionsMax, streamWalk, type Contestant } from './contestant.js';

export const groupDatabase = 'overture_group';
const schema = 'campaign';

/** The store as services use it: concurrent callers share statements. */
export async function overture(url: Url): Promise<Contestant> {
  const database = await open(url, groupDatabase);
  const store = new PostgresEventStore(database);
  return {
    name: 'Overture, group append',
    newCaller(batch) {
      const next = streamWalk(batch);
      const events = Array.from({ length: batch }, () => event);
      return async () => {
        const { streamId, version: expectedVersion } = next();
        const { outcome } = await store.append({ tenantId, streamId, events, expectedVersion });
        if (outcome !== 'appended') throw new Error(outcome);
      };
    },
    close: () => database.close(),
  };
}

/** The same SQL function, in a transaction of each caller. */
export async function overtureTransactions(url: Url): Promise<Contestant> {
  const database = await open(url, 'overture_single');
  return {
    name: 'Overture, a transaction each',
    newCaller(batch) {
      const next = streamWalk(batch);
      const events = Array.from({ length: batch }, () => event);
      return async () => {
        const { streamId, version } = next();
        await database.tenant(tenantId, (tx) => tx.append(tenantId, streamId, events, version));
      };
    },
    close: () => database.close(),
  };
}

async function open(url: Url, database: string): Promise<Database> {
  const as = await serviceSchema(url, { database, schema, sets: ['event-store'] });
  const options = { schema, applicationName: 'bench', max: connectionsMax, clock: wallClock };
  return new Database({ url: as('app'), ...options });
}
