import { hourMs, plus, secondMs, type Instant } from '@overture/kernel';
import { plan, take, type AgendaRow } from '../store/agenda.sql.js';
import { readDelivery, recordDelivery, type Delivery } from '../store/deliveries.sql.js';
import type { Postman, Posted, WorldStore } from './ports.js';

// Integration webhooks are retried until somebody takes them; the vendor names no end, a test must have one.
const attemptsMax = { integration: 60, callback: 6 } as const;
const firstWaitMs = 30 * secondMs;
const longestWaitMs = hourMs;

/** Posts one webhook or callback. Dying in the middle posts it again: at least once, as the vendor promises. */
export async function deliver(
  { store, postman }: { store: WorldStore; postman: Postman },
  entry: AgendaRow,
  now: Instant,
): Promise<void> {
  const uid = String(entry.details['uid']);
  const delivery = await store.change((sql) => readDelivery(sql, uid));
  const posted = delivery && (await postman.post(delivery.url, delivery.headers, delivery.body));
  await store.change(async (sql) => {
    if (!(await take(sql, entry.id)) || delivery === undefined || posted === undefined) return;
    const done = isTaken(posted);
    const error = posted.status === null ? posted.error : null;
    const status = done ? 'SUCCESS' : 'FAILED';
    await recordDelivery(sql, uid, { status, httpStatus: posted.status, error });
    if (done || delivery.retry_count + 1 >= attemptsMax[delivery.kind]) return;
    const dueAt = plus(now, waitMs(delivery));
    await plan(sql, { dueAt, kind: 'deliver', details: entry.details });
  });
}

function isTaken({ status }: Posted): boolean {
  return status !== null && status >= 200 && status < 300;
}

function waitMs({ retry_count }: Delivery): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** retry_count);
}
