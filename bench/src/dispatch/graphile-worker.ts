import { Logger, runMigrations, runOnce } from 'graphile-worker';
import { createDatabase } from '@overture/event-store';
import { chunksOf, inParallel } from '../shared/callers.js';
import { peerPool, withClient, type Url } from '../shared/postgres.js';
import { batch, callers, type Dispatcher, type Work } from './dispatcher.js';

const longAgo = new Date(0);
const farOff = '9999-01-01';
/** Jobs at a time. */
const concurrency = 24;
const silent = new Logger(() => () => undefined);

/** graphile-worker: jobs added in batches, worked on by its own runner with an empty task. */
export async function graphileWorker(url: Url, name: string): Promise<Dispatcher> {
  await withClient(url(), (admin) => createDatabase(admin, name));
  const connectionString = url(name);
  await runMigrations({ connectionString });
  const pool = peerPool(connectionString, concurrency);
  return {
    plan: (works) =>
      inParallel(chunksOf(works, batch), callers, async (chunk) => {
        await pool.query({ ...addJobs, values: [JSON.stringify(chunk.map(specOf))] });
      }),
    cancel: async ({ actionId }) => {
      await pool.query({ ...removeJob, values: [actionId] });
    },
    pause: async (identityId) => {
      await pool.query(
        `update graphile_worker._private_jobs set run_at = $2
         where locked_at is null and payload->>'identityId' = $1`,
        [identityId, farOff],
      );
    },
    drain: async () => {
      let taken = 0;
      const start = performance.now();
      const taskList = { act: () => void taken++ };
      const quiet = { noHandleSignals: true, concurrency };
      await runOnce({ ...quiet, pgPool: pool, taskList, logger: silent });
      return { taken, takingMs: performance.now() - start };
    },
    close: () => pool.end(),
  };
}

function specOf({ actionId, leadId, identityId, kind, zone }: Work) {
  return {
    identifier: 'act',
    payload: { actionId, leadId, identityId, kind, zone },
    run_at: longAgo,
    job_key: actionId,
  };
}

const addJobs = {
  name: 'add-jobs',
  text: `select count(*) from graphile_worker.add_jobs(array(
    select json_populate_recordset(null::graphile_worker.job_spec, $1::json)
  ))`,
};
const removeJob = { name: 'remove-job', text: 'select graphile_worker.remove_job($1)' };
