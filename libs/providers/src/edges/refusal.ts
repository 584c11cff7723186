import { secondMs, type Instant } from '@overture/kernel';
import type { ProviderAnswer, Rejected } from '../outcome.js';
import type { Answer } from './http.js';
import { compact, id, isObject, moment, parseJson, text, type Json } from './json.js';
import { meaningOf } from './labels.js';

/** An answer that is not the success asked for, read as far as it can be read. */
export type Refusal =
  Rejected | { readonly kind: 'unclear'; readonly detail: string; readonly answer: ProviderAnswer };

const messageLengthMax = 300;
const labelPattern = /^[A-Z0-9_]{2,64}$/;

export function readRefusal(answer: Answer): Refusal {
  const body = errorBody(answer.body);
  const label = labelOf(body);
  const raw: ProviderAnswer = compact({
    status: answer.status,
    label,
    reference: id(body['error_ref']),
    message: text(body['message'])?.slice(0, messageLengthMax),
  }) as ProviderAnswer;
  const meaning = meaningOf(answer.status, label);
  const detail = `HTTP ${answer.status}${label === undefined ? '' : ` ${label}`}`;
  if (meaning === 'unclear') return { kind: 'unclear', detail, answer: raw };
  return { kind: 'rejected', label: meaning, detail, answer: raw, ...waiting(answer, body) };
}

/** Some pages wrap the error in an array, some spell the label `label`. */
function errorBody(body: string): Json {
  const parsed = parseJson(body);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  return isObject(first) ? first : {};
}

function labelOf(body: Json): string | undefined {
  const label = (text(body['error_label']) ?? text(body['label']))?.toUpperCase();
  return label !== undefined && labelPattern.test(label) ? label : undefined;
}

function waiting(answer: Answer, body: Json): { postponedUntil?: Instant; retryAfterMs?: number } {
  const params = isObject(body['params']) ? body['params'] : {};
  const until = moment(params['postponed_until']) ?? moment(body['postponed_until']);
  return compact({ postponedUntil: until, retryAfterMs: retryAfterMs(answer.headers) }) as object;
}

/** Seconds, or an HTTP date measured against the server's own clock. */
function retryAfterMs(headers: Answer['headers']): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d{1,7}$/.test(value)) return Number(value) * secondMs;
  const wait = Date.parse(value) - Date.parse(headers['date'] ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
