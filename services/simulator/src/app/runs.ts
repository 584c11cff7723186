import { listCallbacks, readDelivery, type Delivery } from '../store/deliveries.sql.js';
import { listInputs, listRuns, readRun, type Run } from '../store/runs.sql.js';
import type { Sql } from '../store/sql.js';
import { refusal, success, type Answer, type Json } from './answer.js';
import { showRun } from './async-run.js';

/** The query of a listing. */
export type Wanted = Readonly<Record<string, string | undefined>>;

const notFound = refusal(404, 'STATUS_404');

export async function runs(sql: Sql, wanted: Wanted): Promise<Answer> {
  const found = await listRuns(sql, {
    ...page(wanted, { limit: 10, limitMax: 100 }),
    ...(wanted['status'] === undefined ? {} : { status: wanted['status'] }),
    ...(wanted['action_name'] === undefined ? {} : { action: wanted['action_name'] }),
  });
  return success(found.map(showRun));
}

export function run(sql: Sql, uid: string): Promise<Answer> {
  return ofRun(sql, uid, async (found) => {
    const inputs = await listInputs(sql, uid);
    const outputs = inputs.flatMap(({ results }) => results ?? []);
    return { ...showRun(found), output_count: outputs.length };
  });
}

export function runStatus(sql: Sql, uid: string): Promise<Answer> {
  return ofRun(sql, uid, async ({ status }) => ({ status }));
}

export function runOutputs(sql: Sql, uid: string): Promise<Answer> {
  return ofRun(sql, uid, async () =>
    (await listInputs(sql, uid)).flatMap(({ results, custom_data }) =>
      (results ?? []).map((result) => ({ ...(result as Json), custom_data })),
    ),
  );
}

export function runInputs(sql: Sql, uid: string): Promise<Answer> {
  return ofRun(sql, uid, async () =>
    (await listInputs(sql, uid)).map(({ input, custom_data, status, error }) => ({
      ...input,
      custom_data,
      status,
      error,
    })),
  );
}

export async function callbacks(sql: Sql, wanted: Wanted): Promise<Answer> {
  const found = await listCallbacks(sql, {
    ...page(wanted, { limit: 10, limitMax: 20 }),
    ...(wanted['status'] === undefined ? {} : { status: wanted['status'] }),
    ...(wanted['run_uid'] === undefined ? {} : { runUid: wanted['run_uid'] }),
  });
  return success(found.map(showCallback));
}

export async function callback(sql: Sql, uid: string): Promise<Answer> {
  const found = await readDelivery(sql, uid);
  return found?.kind === 'callback' ? success(showCallback(found)) : notFound;
}

async function ofRun(sql: Sql, uid: string, show: (run: Run) => Promise<unknown>): Promise<Answer> {
  const found = await readRun(sql, uid);
  return found === undefined ? notFound : success(await show(found));
}

function showCallback(delivery: Delivery): Json {
  return {
    uid: delivery.uid,
    parent_uid: delivery.parent_uid,
    retry_count: delivery.retry_count,
    created_at: delivery.created_at,
    status: delivery.status,
    callback_url: delivery.url,
    http_status: delivery.http_status,
    http_response: null,
    batch_uid: delivery.batch_uid,
    run_uid: delivery.run_uid,
    error: delivery.error,
  };
}

function page(wanted: Wanted, { limit, limitMax }: { limit: number; limitMax: number }) {
  const asked = Number(wanted['limit'] ?? limit);
  return {
    limit: Number.isInteger(asked) && asked > 0 ? Math.min(asked, limitMax) : limit,
    offset: Math.max(0, Number(wanted['offset']) || 0),
  };
}
