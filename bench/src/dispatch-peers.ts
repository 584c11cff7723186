import { Logger, runMigrations, runOnce } from 'graphile-worker';
import PgBoss from 'pg-boss';
import pg from 'pg';
import { createDatabase } from '@overture/event-store';
import {
  batch,
  callers,
  cancelCallers,
  inChunks,
  type Dispatcher,
  type Url,
  type Work,
} from './dispatch-contestant.js';
import { withClient } from './harness.js';

const longAgo = new Date(0);
const never = '9999-01-01';
const graphileConcurrency = 24;
const silent = new Logger(() => () => undefined);

/** pg-boss at its fastest: fetch and complete in batches, an empty handler. */
export async function pgBoss(url: Url, name: string): Promise<Dispatcher> {
  await withClient(url(), (admin) => createDatabase(admin, name));
  const connectionString = url(name);
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false, max: 10 });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue('actions');
  const pool = new pg.Pool({ connectionString, max: 1 });
  return {
    name: 'pg-boss, fetch + complete',
    plan: (works) =>
      inChunks(works, { size: batch, callers }, async (chunk) => {
        await boss.insert(chunk.map(bossJob));
      }),
    cancel: ({ leadId }) => boss.cancel('actions', leadId),
    // It can pause a queue as a whole only, so the identity's jobs are moved out of sight.
    pause: async (identityId) => {
      await pool.query(
        `update pgboss.job set start_after = $2 where state < 'active' and data->>'identityId' = $1`,
        [identityId, never],
      );
    },
    drain: async () => {
      const start = performance.now();
      const counts = await Promise.all(Array.from({ length: callers }, () => drainBoss(boss)));
      const taken = counts.reduce((sum, count) => sum + count, 0);
      return { taken, takingMs: performance.now() - start };
    },
    close: async () => {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}

function bossJob({ actionId, leadId, identityId, kind, zone }: Work) {
  const data = { actionId, identityId, kind, zone };
  return { id: leadId, name: 'actions', data, startAfter: longAgo };
}

async function drainBoss(boss: PgBoss): Promise<number> {
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

/** graphile-worker: jobs added in batches, worked on by its own runner with an empty task. */
export async function graphileWorker(url: Url, name: string): Promise<Dispatcher> {
  await withClient(url(), (admin) => createDatabase(admin, name));
  const connectionString = url(name);
  await runMigrations({ connectionString });
  const pool = new pg.Pool({ connectionString, max: Math.max(cancelCallers, graphileConcurrency) });
  return {
    name: `graphile-worker, ${graphileConcurrency} jobs at a time`,
    plan: (works) =>
      inChunks(works, { size: batch, callers }, async (chunk) => {
        await pool.query({ ...addJobs, values: [JSON.stringify(chunk.map(graphileSpec))] });
      }),
    cancel: async ({ actionId }) => {
      await pool.query({ ...removeJob, values: [actionId] });
    },
    pause: async (identityId) => {
      await pool.query(
        `update graphile_worker._private_jobs set run_at = $2
         where locked_at is null and payload->>'identityId' = $1`,
        [identityId, never],
      );
    },
    drain: async () => {
      let taken = 0;
      const start = performance.now();
      const taskList = { act: () => void taken++ };
      const quiet = { noHandleSignals: true, concurrency: graphileConcurrency };
      await runOnce({ ...quiet, pgPool: pool, taskList, logger: silent });
      return { taken, takingMs: performance.now() - start };
    },
    close: () => pool.end(),
  };
}

function graphileSpec({ actionId, leadId, identityId, kind, zone }: Work) {
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
