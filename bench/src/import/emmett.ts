import { randomUUID } from 'node:crypto';
import { inParallel } from '../shared/callers.js';
import { emmettStore, expectedAt } from '../shared/emmett.js';
import { peerPool, type Url } from '../shared/postgres.js';
import { records, type Importer } from './importer.js';

const callers = 32;

/** What the figures of others measure: an event per lead, many at once, and nothing else. */
export async function emmett(url: Url): Promise<Importer> {
  const pool = peerPool(url('emmett'), callers);
  const store = await emmettStore(url, 'emmett', pool);
  return {
    name: `Emmett, append per lead, ${callers} at once`,
    async run(file) {
      let imported = 0;
      await inParallel(records(file), callers, async (data) => {
        const events = [{ type: 'LeadEnrolled', data }];
        const options = { expectedStreamVersion: expectedAt(0) };
        await store.appendToStream(`lead-${randomUUID()}`, events, options);
        imported++;
      });
      return imported;
    },
    async close() {
      await store.close();
      await pool.end();
    },
  };
}
