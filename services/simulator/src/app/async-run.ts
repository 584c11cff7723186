import type { Instant } from '@overture/kernel';
import { plan } from '../store/agenda.sql.js';
import { readIdentity } from '../store/identities.sql.js';
import {
  countRuns,
  insertRun,
  readRun,
  updateRun,
  type Callback,
  type Run,
} from '../store/runs.sql.js';
import type { Sql } from '../store/sql.js';
import { readWorld } from '../store/world.sql.js';
import { uuidOf } from '../world/names.js';
import { refusal, success, type Answer, type Json } from './answer.js';
import { checkAsync, objectOr, type RunRequest } from './request.js';

/** Takes inputs to be worked off in the background, paced by the simulator as Edges paces them. */
export async function createRun(sql: Sql, request: RunRequest): Promise<Answer> {
  const checked = checkAsync(request);
  if ('refused' in checked) return checked.refused;
  const { inputs, parameters, identityUid } = checked;
  const { now } = request;
  const identity = await readIdentity(sql, identityUid);
  if (identity === undefined) return refusal(424, 'NO_VALID_ACCOUNT_CONFIGURED');
  const { seed } = await readWorld(sql);
  const uid = uuidOf(seed, 'run', await countRuns(sql), now);
  const run = {
    uid,
    workspace: identity.workspace,
    identity_uid: identityUid,
    action: request.action,
    parameters,
    callback: readCallback(request.body['callback']),
    created_at: now,
  };
  await insertRun(sql, run, inputs);
  await plan(sql, { dueAt: now, kind: 'run', details: { runUid: uid } });
  const created = await readRun(sql, uid);
  return created === undefined ? refusal(500, 'GENERIC_ERROR') : success(showRun(created));
}

/** After the cause is mended. An input that succeeded is not repeated. */
export async function resumeRun(sql: Sql, uid: string, now: Instant): Promise<Answer> {
  const run = await readRun(sql, uid);
  if (run === undefined) return refusal(404, 'STATUS_404');
  if (run.status === 'BLOCKED') {
    const cleared = { uid, status: 'SCHEDULED', retry_count: 0 } as const;
    await updateRun(sql, { ...cleared, postponed_until: null, last_error: null }, now);
    await plan(sql, { dueAt: now, kind: 'run', details: { runUid: uid } });
  }
  return success(showRun((await readRun(sql, uid)) ?? run));
}

export function showRun(run: Run): Json {
  return {
    id: run.uid,
    uid: run.uid,
    run_id: run.uid,
    run_uid: run.uid,
    workspace_uid: run.workspace,
    user_uid: run.workspace,
    name: run.action,
    action_name: run.action,
    execution_mode: 'async',
    status: run.status,
    retry_count: run.retry_count,
    postponed_until: run.postponed_until,
    last_error: run.last_error,
    parameters: run.parameters,
    callback: run.callback && { url: run.callback.url, on: run.callback.on },
    scheduled_run_uid: null,
    started_at: run.started_at,
    finished_at: run.finished_at,
    created_at: run.created_at,
    synced_at: null,
    updated_at: run.updated_at,
  };
}

function readCallback(value: unknown): Callback | null {
  const given = objectOr(value) ?? {};
  if (typeof given['url'] !== 'string') return null;
  const headers = (objectOr(given['headers']) ?? {}) as Callback['headers'];
  return { url: given['url'], headers, on: given['on'] === 'final' ? 'final' : 'all' };
}
