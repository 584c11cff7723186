import { minuteMs, plus, secondMs, seededBetween, type Instant } from '@overture/kernel';
import { plan } from '../store/agenda.sql.js';
import { insertDelivery } from '../store/deliveries.sql.js';
import { lockIdentity } from '../store/identities.sql.js';
import {
  finishInput,
  listInputs,
  readRun,
  updateRun,
  type Run,
  type RunInput,
} from '../store/runs.sql.js';
import { uuidOf } from '../world/names.js';
import { actionNamed, perform } from './actions.js';
import { isSuccess, refusal, type Answer, type Json } from './answer.js';
import type { Scene } from './call.js';
import { attemptIdOf, objectOr } from './request.js';

/** Without an end of their own, these end when somebody mends the login and resumes the run. */
const needsResume = ['AUTH_EXPIRED', 'INTEGRATION_ERROR', 'NO_VALID_ACCOUNT_CONFIGURED'];

/** Works off one input of a run, or stops at a limit and goes on by itself when there is room again. */
export async function stepRun(scene: Scene, details: Json): Promise<void> {
  const run = await readRun(scene.sql, String(details['runUid']));
  if (run === undefined || run.finished_at !== null) return;
  const inputs = await listInputs(scene.sql, run.uid);
  const input = inputs.find(({ status }) => status === 'PENDING');
  if (input === undefined) return finish(scene, run, inputs);
  const answer = await performInput(scene, run, input);
  const stop = stopOf(answer);
  if (stop !== undefined) return block(scene, run, stop);
  await settle(scene, { run, input, answer });
  const more = inputs.some(({ status, number }) => status === 'PENDING' && number !== input.number);
  if (!more) return finish(scene, run, await listInputs(scene.sql, run.uid));
  await updateRun(scene.sql, { ...run, status: 'RUNNING' }, scene.now);
  await planStep(scene, run, plus(scene.now, spacingMs(scene, input)));
}

interface Stop {
  readonly postponedUntil: Instant | null;
  readonly error: Json;
}

/** Why a run has to wait, for a while or for somebody; nothing when it goes on. */
function stopOf(answer: Answer): Stop | undefined {
  if (isSuccess(answer)) return undefined;
  const error = answer.body as Json;
  const until = (objectOr(error['params'])?.['postponed_until'] ?? null) as Instant | null;
  const waits = until !== null || needsResume.includes(String(error['error_label']));
  return waits ? { postponedUntil: until, error } : undefined;
}

async function performInput(scene: Scene, run: Run, input: RunInput): Promise<Answer> {
  const identity = await lockIdentity(scene.sql, run.identity_uid);
  const action = actionNamed(run.action);
  if (identity === undefined || action === undefined) return refusal(424, 'BAD_INPUT');
  const withCustomData = { ...input.input, custom_data: input.custom_data ?? {} };
  return perform(action, {
    ...scene,
    identity,
    action: run.action,
    input: withCustomData,
    parameters: run.parameters,
    attemptId: attemptIdOf(withCustomData),
  });
}

async function block(scene: Scene, run: Run, { postponedUntil, error }: Stop): Promise<void> {
  const blocked = { ...run, status: 'BLOCKED', retry_count: run.retry_count + 1 } as const;
  const state = { ...blocked, postponed_until: postponedUntil, last_error: error };
  await updateRun(scene.sql, state, scene.now);
  if (postponedUntil !== null) await planStep(scene, run, postponedUntil);
}

async function settle(
  scene: Scene,
  { run, input, answer }: { run: Run; input: RunInput; answer: Answer },
): Promise<void> {
  const results = Array.isArray(answer.body) ? (answer.body as unknown[]) : [answer.body];
  const error = answer.body as Json;
  await finishInput(scene.sql, input, isSuccess(answer) ? { results } : { error });
  if (run.callback?.on !== 'all') return;
  const outcome = isSuccess(answer)
    ? { results, results_count: results.length }
    : { error, results: [], results_count: 0 };
  const body = { ...outcome, custom_data: input.custom_data, input: input.input };
  await call(scene, run, { batch: input.number, status: 'RUNNING', body });
}

async function finish(scene: Scene, run: Run, inputs: readonly RunInput[]): Promise<void> {
  const failed = inputs.filter(({ status }) => status === 'FAILED').length;
  const partly = failed < inputs.length ? 'PARTIAL_SUCCEEDED' : 'FAILED';
  const status = failed === 0 ? 'SUCCEEDED' : partly;
  await updateRun(scene.sql, { ...run, status, postponed_until: null }, scene.now);
  if (run.callback?.on === 'final') await call(scene, run, { batch: 0, status, body: {} });
}

async function call(
  { sql, world, now }: Scene,
  run: Run,
  { batch, status, body }: { batch: number; status: Run['status']; body: object },
): Promise<void> {
  if (run.callback === null) return;
  const uid = uuidOf(world.seed, 'callback', run.uid, batch);
  const batchUid = uuidOf(world.seed, 'batch', run.uid, batch);
  await insertDelivery(sql, {
    uid,
    kind: 'callback',
    run_uid: run.uid,
    batch_uid: batchUid,
    url: run.callback.url,
    headers: run.callback.headers,
    body: {
      callback_ref_uid: uid,
      run: { run_uid: run.uid, batch_uid: batchUid, status },
      ...body,
    },
    created_at: now,
  });
  await plan(sql, { dueAt: now, kind: 'deliver', details: { uid } });
}

async function planStep({ sql }: Scene, run: Run, dueAt: Instant): Promise<void> {
  await plan(sql, { dueAt, kind: 'run', details: { runUid: run.uid } });
}

function spacingMs({ world }: Scene, input: RunInput): number {
  const seed = `${world.seed}|${input.run_uid}|${input.number}|spacing`;
  return minuteMs + seededBetween(seed, 0, 15) * secondMs;
}
