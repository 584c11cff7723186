import { callFaults, meetFault, type Fault } from '../store/faults.sql.js';
import { approach, lockIdentity, markFirstSync, type Identity } from '../store/identities.sql.js';
import type { Sql } from '../store/sql.js';
import { readWorld } from '../store/world.sql.js';
import { perform } from './actions.js';
import { refusal } from './answer.js';
import type { Scene } from './call.js';
import { failBefore, mishapAfter, type LiveAnswer } from './mishaps.js';
import { attemptIdOf, checkLive, type Checked, type RunRequest } from './request.js';

/** One live run in one transaction: its effect is committed before anyone sees the answer, or never. */
export async function liveRun(sql: Sql, request: RunRequest): Promise<LiveAnswer> {
  const checked = checkLive(request);
  if ('refused' in checked) return { answer: checked.refused };
  const met = await meet(sql, checked, request);
  if (met === undefined) return { answer: refusal(424, 'NO_VALID_ACCOUNT_CONFIGURED') };
  const { identity, fault } = met;
  const scene: Scene = { sql, world: await readWorld(sql), now: request.now };
  const failed = fault && (await failBefore(scene, identity, fault));
  if (failed !== undefined) return failed;
  const { action, inputs, parameters } = checked;
  const input = inputs[0] ?? {};
  const attempt = { action: request.action, attemptId: attemptIdOf(input) };
  const cursor = request.cursor === undefined ? {} : { cursor: request.cursor };
  const call = { ...scene, identity, input, parameters, ...attempt, ...cursor };
  const answer = await perform(action, call);
  return { answer, ...(fault && { mishap: mishapAfter(fault) }) };
}

/** The identity, alone with this call when anything may change, and what is about to go wrong. */
async function meet(
  sql: Sql,
  { action, identityUid }: Checked,
  request: RunRequest,
): Promise<{ identity: Identity; fault: Fault | undefined } | undefined> {
  const found = await approach(sql, identityUid, { locking: action.writes });
  if (found === undefined) return undefined;
  const { identity, faulty } = found;
  if (identity.first_sync_at === null) await markFirstSync(sql, identityUid, request.now);
  if (!faulty) return { identity, fault: undefined };
  const alone = await lockIdentity(sql, identityUid);
  const fault = await meetFault(sql, callFaults, { identityUid, action: request.action });
  return { identity: alone ?? identity, fault };
}
