import type { Instant } from '@overture/kernel';
import { row, rows, execute, type Sql } from './sql.js';

type Json = Readonly<Record<string, unknown>>;

export interface Callback {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly on: 'all' | 'final';
}

export type RunStatus =
  'SCHEDULED' | 'RUNNING' | 'BLOCKED' | 'FAILED' | 'PARTIAL_SUCCEEDED' | 'SUCCEEDED';

export interface Run {
  readonly uid: string;
  readonly workspace: string;
  readonly identity_uid: string;
  readonly action: string;
  readonly status: RunStatus;
  readonly parameters: Json;
  readonly callback: Callback | null;
  readonly retry_count: number;
  readonly postponed_until: Instant | null;
  readonly last_error: Json | null;
  readonly started_at: Instant | null;
  readonly finished_at: Instant | null;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

export interface RunInput {
  readonly run_uid: string;
  readonly number: number;
  readonly input: Json;
  readonly custom_data: Json | null;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  readonly results: readonly unknown[] | null;
  readonly error: Json | null;
}

type NewRun = Pick<
  Run,
  'uid' | 'workspace' | 'identity_uid' | 'action' | 'parameters' | 'callback' | 'created_at'
>;

export async function insertRun(sql: Sql, run: NewRun, inputs: readonly Json[]): Promise<void> {
  await execute(
    sql,
    `insert into runs (uid, workspace, identity_uid, action, status, parameters, callback, created_at, updated_at)
     values ($1, $2, $3, $4, 'SCHEDULED', $5, $6, $7, $7)`,
    [
      run.uid,
      run.workspace,
      run.identity_uid,
      run.action,
      JSON.stringify(run.parameters),
      run.callback && JSON.stringify(run.callback),
      run.created_at,
    ],
  );
  await execute(
    sql,
    `insert into run_inputs (run_uid, number, input, custom_data, status)
     select $1, ordinal, given - 'custom_data', given -> 'custom_data', 'PENDING'
     from jsonb_array_elements($2::jsonb) with ordinality as i (given, ordinal)`,
    [run.uid, JSON.stringify(inputs)],
  );
}

export function readRun(sql: Sql, uid: string): Promise<Run | undefined> {
  return row(sql, 'select * from runs where uid = $1', [uid]);
}

export async function countRuns(sql: Sql): Promise<number> {
  return (await row<{ count: number }>(sql, 'select count(*) as count from runs'))?.count ?? 0;
}

export function listRuns(
  sql: Sql,
  page: { status?: string; action?: string; limit: number; offset: number },
): Promise<Run[]> {
  return rows(
    sql,
    `select * from runs where ($1::text is null or status = upper($1)) and ($2::text is null or action = $2)
     order by created_at desc, uid limit $3 offset $4`,
    [page.status ?? null, page.action ?? null, page.limit, page.offset],
  );
}

export async function updateRun(
  sql: Sql,
  run: Pick<Run, 'uid' | 'status' | 'retry_count' | 'postponed_until' | 'last_error'>,
  now: Instant,
): Promise<void> {
  await execute(
    sql,
    `update runs set status = $2, retry_count = $3, postponed_until = $4, last_error = $5, updated_at = $6,
       started_at = coalesce(started_at, $6),
       finished_at = case when $2 in ('SUCCEEDED', 'PARTIAL_SUCCEEDED', 'FAILED') then $6::timestamptz end
     where uid = $1`,
    [
      run.uid,
      run.status,
      run.retry_count,
      run.postponed_until,
      run.last_error && JSON.stringify(run.last_error),
      now,
    ],
  );
}

export function listInputs(sql: Sql, runUid: string): Promise<RunInput[]> {
  return rows(sql, 'select * from run_inputs where run_uid = $1 order by number', [runUid]);
}

export async function finishInput(
  sql: Sql,
  input: RunInput,
  outcome: { results: readonly unknown[] } | { error: Json },
): Promise<void> {
  const failed = 'error' in outcome;
  await execute(
    sql,
    `update run_inputs set status = $3, results = $4, error = $5 where run_uid = $1 and number = $2`,
    [
      input.run_uid,
      input.number,
      failed ? 'FAILED' : 'SUCCEEDED',
      failed ? null : JSON.stringify(outcome.results),
      failed ? JSON.stringify(outcome.error) : null,
    ],
  );
}
