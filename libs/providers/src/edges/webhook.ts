import type { Instant } from '@overture/kernel';
import { compact, id, isObject, moment, text, type Json } from './json.js';

/**
 * What Edges calls us about, read as a hint: order and truth come from a read (P8).
 * `naturalKey` is the same for every delivery of one notice.
 */
export type EdgesWebhook =
  | {
      readonly kind: 'account';
      readonly event: 'AUTH_SUCCESS' | 'AUTH_EXPIRED' | 'AUTH_FAILED';
      readonly accountRef: string;
      readonly at?: Instant;
      readonly naturalKey: string;
    }
  | {
      readonly kind: 'run';
      readonly runRef: string;
      readonly status: string;
      readonly attemptId?: string;
      readonly naturalKey: string;
    }
  | { readonly kind: 'unrecognised' };

const accountEvents = ['AUTH_SUCCESS', 'AUTH_EXPIRED', 'AUTH_FAILED'] as const;

/** Reads a parsed webhook body; never throws. Anything unknown is stored and counted by the caller. */
export function readEdgesWebhook(body: unknown): EdgesWebhook {
  if (!isObject(body)) return { kind: 'unrecognised' };
  const event = accountEvents.find((known) => known === text(body['event'])?.toUpperCase());
  if (event !== undefined) return accountWebhook(body, event);
  return runWebhook(body);
}

function accountWebhook(body: Json, event: (typeof accountEvents)[number]): EdgesWebhook {
  const accountRef = id(body['identity_uid']);
  if (accountRef === undefined) return { kind: 'unrecognised' };
  const at = moment(body['timestamp']);
  const naturalKey = `${accountRef}|${event}|${at ?? text(body['timestamp']) ?? ''}`;
  return compact({ kind: 'account', event, accountRef, at, naturalKey }) as EdgesWebhook;
}

function runWebhook(body: Json): EdgesWebhook {
  const run = isObject(body['run']) ? body['run'] : {};
  const runRef = id(run['run_uid']);
  const naturalKey = id(body['callback_ref_uid']);
  if (runRef === undefined || naturalKey === undefined) return { kind: 'unrecognised' };
  const custom = isObject(body['custom_data']) ? body['custom_data'] : {};
  const status = text(run['status'])?.toUpperCase() ?? '';
  const attemptId = id(custom['attempt_id']);
  return compact({ kind: 'run', runRef, status, attemptId, naturalKey }) as EdgesWebhook;
}
