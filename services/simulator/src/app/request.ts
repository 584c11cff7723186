import type { Instant } from '@overture/kernel';
import { actionNamed, checkKeys, hasOther, type Action } from './actions.js';
import { additionalProperty, refusal, type Answer, type Json } from './answer.js';

export interface RunRequest {
  readonly action: string;
  readonly body: Json;
  readonly cursor?: string;
  readonly now: Instant;
}

/** What a live and an async run have in common, once it is known to be in order. */
export interface Checked {
  readonly action: Action;
  readonly inputs: readonly Json[];
  readonly parameters: Json;
  readonly identityUid: string;
}

type Refused = { readonly refused: Answer };

const liveKeys = ['input', 'parameters', 'identity_ids', 'identity_mode'];
const asyncKeys = ['inputs', 'parameters', 'identity_ids', 'identity_mode', 'callback'];
const inputsMax = 100;

export function checkLive({ action, body }: RunRequest): Checked | Refused {
  const input = objectOr(body['input']);
  const inputs = input === undefined ? undefined : [input];
  return check({ name: action, known: liveKeys, inputs }, body);
}

export function checkAsync({ action, body }: RunRequest): Checked | Refused {
  return check({ name: action, known: asyncKeys, inputs: readInputs(body['inputs']) }, body);
}

/** An object as it is, an empty one for nothing, nothing for anything else. */
export function objectOr(value: unknown): Json | undefined {
  if (value === undefined) return {};
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Json) : undefined;
}

export function attemptIdOf(input: Json): string | null {
  const custom = objectOr(input['custom_data'])?.['attempt_id'];
  return typeof custom === 'string' ? custom : null;
}

function check(
  given: { name: string; known: readonly string[]; inputs: readonly Json[] | undefined },
  body: Json,
): Checked | Refused {
  const { inputs } = given;
  const action = actionNamed(given.name);
  if (action === undefined) return { refused: refusal(404, 'STATUS_404') };
  if (hasOther(body, given.known)) return { refused: additionalProperty() };
  const parameters = objectOr(body['parameters']);
  if (inputs === undefined || parameters === undefined)
    return { refused: refusal(400, 'BAD_INPUT') };
  const identityUid = readIdentityUid(body);
  if (identityUid === undefined) return { refused: refusal(400, 'BAD_PARAMETERS') };
  const [refused] = inputs.flatMap((input) => checkKeys(action, input, parameters) ?? []);
  return refused === undefined ? { action, inputs, parameters, identityUid } : { refused };
}

/** Exactly one identity, chosen by the caller: `managed` is refused for all that people see. */
function readIdentityUid(body: Json): string | undefined {
  const ids = body['identity_ids'];
  const [uid, ...more] = Array.isArray(ids) ? (ids as unknown[]) : [];
  const chosen = more.length === 0 && body['identity_mode'] !== 'managed';
  return chosen && typeof uid === 'string' ? uid : undefined;
}

function readInputs(value: unknown): readonly Json[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > inputsMax) return undefined;
  const inputs = value.map(objectOr).filter((input) => input !== undefined);
  return inputs.length === value.length ? inputs : undefined;
}
