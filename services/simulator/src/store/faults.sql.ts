import { row, execute, type Sql } from './sql.js';

/** Ways to fail one live call. `-before`: nothing happened. `-after`: the effect is committed, its answer is lost. */
export const callFaults = [
  'limit',
  'throttle',
  'restrict',
  'expire-login',
  'delay',
  'error-before',
  'error-after',
  'timeout-before',
  'timeout-after',
  'reset-before',
  'reset-after',
  'malformed-after',
] as const;
/** Ways to fail one webhook. */
export const webhookFaults = ['drop-webhook', 'double-webhook'] as const;

export type CallFaultKind = (typeof callFaults)[number];
export type FaultKind = CallFaultKind | (typeof webhookFaults)[number];

export interface FaultDetails {
  readonly ms?: number;
  readonly retryAfterSeconds?: number;
  readonly postponedUntil?: string;
}

export interface Fault {
  readonly id: number;
  readonly kind: FaultKind;
  readonly details: FaultDetails;
}

export interface FaultOrder {
  readonly kind: FaultKind;
  readonly identityUid?: string;
  readonly action?: string;
  readonly skips: number;
  readonly count: number | null;
  readonly details: FaultDetails;
}

export async function addFault(sql: Sql, order: FaultOrder): Promise<number> {
  const added = await row<{ id: number }>(
    sql,
    `insert into faults (kind, identity_uid, action, skips, remaining, details)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [
      order.kind,
      order.identityUid ?? null,
      order.action ?? null,
      order.skips,
      order.count,
      JSON.stringify(order.details),
    ],
  );
  return added?.id ?? 0;
}

export async function clearFaults(sql: Sql): Promise<void> {
  await execute(sql, 'delete from faults');
}

/** The fault this call meets, the oldest first, and one use of it; a fault that is still skipping counts down. */
export async function meetFault(
  sql: Sql,
  kinds: readonly FaultKind[],
  call: { identityUid: string; action: string },
): Promise<Fault | undefined> {
  const found = await row<Fault & { skips: number }>(
    sql,
    `select id, kind, skips, details from faults
     where kind = any($1) and (identity_uid is null or identity_uid = $2)
       and (action is null or action = $3) order by id limit 1 for update`,
    [kinds, call.identityUid, call.action],
  );
  if (found === undefined) return undefined;
  if (found.skips > 0) {
    await execute(sql, 'update faults set skips = skips - 1 where id = $1', [found.id]);
    return undefined;
  }
  await execute(sql, 'update faults set remaining = remaining - 1 where id = $1', [found.id]);
  await execute(sql, 'delete from faults where id = $1 and remaining <= 0', [found.id]);
  return found;
}
