import { dayMs, plus, type Instant } from '@overture/kernel';
import { callFaults, meetFault, type Fault } from '../store/faults.sql.js';
import { approach, markFirstSync, type Identity } from '../store/identities.sql.js';
import type { Sql } from '../store/sql.js';
import { readWorld } from '../store/world.sql.js';
import { actionNamed, checkKeys, hasOther, perform } from './actions.js';
import { additionalProperty, limitReached, refusal, type Answer, type Json } from './answer.js';
import type { Call, Scene } from './call.js';
import { expire, restrict } from './login.js';

export interface LiveRequest {
  readonly action: string;
  readonly body: Json;
  readonly cursor?: string;
  readonly now: Instant;
}

/** What goes wrong between an answer and the caller: the transport acts it out once all is committed. */
export type Mishap = { readonly kind: 'delay'; readonly ms: number } | { readonly kind: Loss };
type Loss = 'error' | 'timeout' | 'reset' | 'malformed';

export interface LiveAnswer {
  readonly answer: Answer;
  readonly mishap?: Mishap;
}

const bodyKeys = ['input', 'parameters', 'identity_ids', 'identity_mode'];
const delayMsDefault = 1_000;
const retryAfterSecondsDefault = 30;

/** One live run in one transaction: its effect is committed before anyone sees the answer, or never. */
export async function liveRun(sql: Sql, request: LiveRequest): Promise<LiveAnswer> {
  const checked = checkRequest(request);
  if ('refused' in checked) return { answer: checked.refused };
  const found = await approach(sql, checked.identityUid, { locking: checked.action.writes });
  if (found === undefined) return { answer: refusal(424, 'NO_VALID_ACCOUNT_CONFIGURED') };
  const { identity } = found;
  if (identity.first_sync_at === null) await markFirstSync(sql, identity.uid, request.now);
  const scene: Scene = { sql, world: await readWorld(sql), now: request.now };
  const met = { identityUid: identity.uid, action: request.action };
  const fault = found.faulty ? await meetFault(sql, callFaults, met) : undefined;
  const failed = fault && (await failBefore(scene, identity, fault));
  if (failed !== undefined) return failed;
  const { action, input, parameters } = checked;
  const call: Call = {
    ...scene,
    identity,
    action: request.action,
    input,
    parameters,
    attemptId: attemptIdOf(input),
    ...(request.cursor === undefined ? {} : { cursor: request.cursor }),
  };
  const answer = await perform(action, call);
  return { answer, ...(fault === undefined ? {} : { mishap: mishapAfter(fault) }) };
}

function checkRequest({ action: name, body }: LiveRequest) {
  const action = actionNamed(name);
  if (action === undefined) return { refused: refusal(404, 'STATUS_404') };
  if (hasOther(body, bodyKeys)) return { refused: additionalProperty() };
  const input = objectOr(body['input']);
  const parameters = objectOr(body['parameters']);
  const ids = body['identity_ids'];
  if (input === undefined || parameters === undefined)
    return { refused: refusal(400, 'BAD_INPUT') };
  const [identityUid, ...more] = Array.isArray(ids) ? (ids as unknown[]) : [];
  if (typeof identityUid !== 'string' || more.length > 0 || body['identity_mode'] === 'managed') {
    return { refused: refusal(400, 'BAD_PARAMETERS') };
  }
  const refused = checkKeys(action, input, parameters);
  return refused === undefined ? { action, input, parameters, identityUid } : { refused };
}

export function objectOr(value: unknown): Json | undefined {
  if (value === undefined) return {};
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Json) : undefined;
}

export function attemptIdOf(input: Json): string | null {
  const custom = objectOr(input['custom_data'])?.['attempt_id'];
  return typeof custom === 'string' ? custom : null;
}

/** The faults that keep an action from happening. */
async function failBefore(
  scene: Scene,
  identity: Identity,
  { kind, details }: Fault,
): Promise<LiveAnswer | undefined> {
  switch (kind) {
    case 'limit': {
      const until = (details.postponedUntil ?? plus(scene.now, dayMs)) as Instant;
      return { answer: limitReached(until) };
    }
    case 'throttle': {
      const retryAfterSeconds = details.retryAfterSeconds ?? retryAfterSecondsDefault;
      return { answer: { ...refusal(429, 'STATUS_429'), retryAfterSeconds } };
    }
    case 'restrict':
      await restrict(scene, identity);
      return { answer: refusal(424, 'INTEGRATION_ERROR') };
    case 'expire-login':
      await expire(scene, identity);
      return { answer: refusal(424, 'AUTH_EXPIRED') };
    case 'error-before':
    case 'timeout-before':
    case 'reset-before':
      return { answer: internalError(), mishap: lossOf(kind) };
    default:
      return undefined;
  }
}

function mishapAfter({ kind, details }: Fault): Mishap {
  return kind === 'delay' ? { kind, ms: details.ms ?? delayMsDefault } : lossOf(kind);
}

function lossOf(kind: Fault['kind']): Mishap {
  return { kind: kind.split('-')[0] as Loss };
}

export function internalError(): Answer {
  return refusal(500, 'GENERIC_ERROR');
}
