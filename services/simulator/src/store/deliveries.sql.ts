import type { Instant } from '@overture/kernel';
import { row, rows, execute, type Sql } from './sql.js';

/** A webhook or a callback on its way. `body` is what is posted, every time the same. */
export interface Delivery {
  readonly uid: string;
  readonly kind: 'integration' | 'callback';
  readonly parent_uid: string | null;
  readonly run_uid: string | null;
  readonly batch_uid: string | null;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
  readonly status: 'PENDING' | 'RUNNING' | 'FAILED' | 'SUCCESS';
  readonly retry_count: number;
  readonly http_status: number | null;
  readonly error: string | null;
  readonly created_at: Instant;
}

type NewDelivery = Pick<Delivery, 'uid' | 'kind' | 'url' | 'headers' | 'body' | 'created_at'> &
  Partial<Pick<Delivery, 'run_uid' | 'batch_uid'>>;

export async function insertDelivery(sql: Sql, delivery: NewDelivery): Promise<void> {
  await execute(
    sql,
    `insert into deliveries (uid, kind, run_uid, batch_uid, url, headers, body, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'PENDING', $8) on conflict (uid) do nothing`,
    [
      delivery.uid,
      delivery.kind,
      delivery.run_uid ?? null,
      delivery.batch_uid ?? null,
      delivery.url,
      JSON.stringify(delivery.headers),
      JSON.stringify(delivery.body),
      delivery.created_at,
    ],
  );
}

export function readDelivery(sql: Sql, uid: string): Promise<Delivery | undefined> {
  return row(sql, 'select * from deliveries where uid = $1', [uid]);
}

export async function recordDelivery(
  sql: Sql,
  uid: string,
  tried: { status: Delivery['status']; httpStatus: number | null; error: string | null },
): Promise<void> {
  await execute(
    sql,
    `update deliveries set status = $2, http_status = $3, error = $4,
       retry_count = retry_count + case when $2 = 'SUCCESS' then 0 else 1 end
     where uid = $1`,
    [uid, tried.status, tried.httpStatus, tried.error],
  );
}

export function listCallbacks(
  sql: Sql,
  page: { status?: string; runUid?: string; limit: number; offset: number },
): Promise<Delivery[]> {
  return rows(
    sql,
    `select * from deliveries where kind = 'callback'
       and ($1::text is null or status = $1) and ($2::text is null or run_uid = $2)
     order by created_at desc, uid limit $3 offset $4`,
    [page.status ?? null, page.runUid ?? null, page.limit, page.offset],
  );
}
