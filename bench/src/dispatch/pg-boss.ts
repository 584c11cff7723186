import PgBoss from 'pg-boss';
import { createDatabase } from '@overture/event-store';
import { chunksOf, inParallel } from '../shared/callers.js';
import { peerPool, withClient, type Url } from '../shared/postgres.js';
import { batch, callers, type Dispatcher, type Work } from './dispatcher.js';

const longAgo = new Date(0);
const farOff = '9999-01-01';

/** pg-boss at its fastest: fetch and complete in batches, an empty handler. */
export async function pgBoss(url: Url, name: string): Promise<Dispatcher> {
  await withClient(url(), (admin) => createDatabase(admin, name));
  const connectionString = url(name);
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false, max: 10 });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue('actions');
  const pool = peerPool(connectionString, 1);
  return {
    plan: (works) =>
      inParallel(chunksOf(works, batch), callers, async (chunk) => {
        await boss.insert(chunk.map(jobOf));
      }),
    cancel: ({ leadId }) => boss.cancel('actions', leadId),
    // It can pause a queue as a whole only, so the identity's jobs are moved out of sight.
    pause: async (identityId) => {
      await pool.query(
        `update pgboss.job set start_after = $2 where state < 'active' and data->>'identityId' = $1`,
        [identityId, farOff],
      );
    },
    drain: async () => {
      const start = performance.now();
      const counts = await Promise.all(Array.from({ length: callers }, () => drain(boss)));
      const taken = counts.reduce((sum, count) => sum + count, 0);
      return { taken, takingMs: performance.now() - start };
    },
    close: async () => {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}

function jobOf({ actionId, leadId, identityId, kind, zone }: Work) {
  const data = { actionId, identityId, kind, zone };
  return { id: leadId, name: 'actions', data, startAfter: longAgo };
}

async function drain(boss: PgBoss): Promise<number> {
  for (let taken = 0; ;) {
    const jobs = await boss.fetch('actions', { batchSize: batch });
    if (jobs.length === 0) return taken;
    await boss.complete(
      'actions',
      jobs.map(({ id }) => id),
    );
    taken += jobs.length;
  }
}
