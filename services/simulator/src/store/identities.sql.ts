import type { Instant } from '@overture/kernel';
import type { Tier } from '../world/limits.js';
import { row, rows, type Sql } from './sql.js';

export interface Identity {
  readonly uid: string;
  readonly workspace: string;
  readonly name: string;
  readonly time_zone: string;
  readonly type: 'standard' | 'engagement';
  readonly tier: Tier;
  readonly status: 'VALID' | 'INVALID' | 'PENDING';
  readonly restricted: boolean;
  readonly created_at: Instant;
  readonly first_sync_at: Instant | null;
  readonly generation: number;
}

/** Everything that happens to one identity happens in turn, so each call takes the row first. */
export function lockIdentity(sql: Sql, uid: string): Promise<Identity | undefined> {
  return row(sql, 'select * from identities where uid = $1 for update', [uid]);
}

export function readIdentity(sql: Sql, uid: string): Promise<Identity | undefined> {
  return row(sql, 'select * from identities where uid = $1', [uid]);
}

export function listIdentities(
  sql: Sql,
  { query, limit, offset }: { query: string; limit: number; offset: number },
): Promise<Identity[]> {
  return rows(
    sql,
    `select * from identities where position(lower($1) in lower(name)) > 0
     order by created_at, uid limit $2 offset $3`,
    [query, limit, offset],
  );
}

export async function insertIdentity(sql: Sql, identity: Identity): Promise<void> {
  await sql.query(
    `insert into identities
       (uid, workspace, name, time_zone, type, tier, status, restricted, created_at, first_sync_at, generation)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (uid) do update set workspace = excluded.workspace, name = excluded.name,
       time_zone = excluded.time_zone, tier = excluded.tier`,
    [
      identity.uid,
      identity.workspace,
      identity.name,
      identity.time_zone,
      identity.type,
      identity.tier,
      identity.status,
      identity.restricted,
      identity.created_at,
      identity.first_sync_at,
      identity.generation,
    ],
  );
}

export async function setLogin(
  sql: Sql,
  uid: string,
  login: { status: Identity['status']; restricted: boolean },
): Promise<number> {
  const changed = await row<{ generation: number }>(
    sql,
    `update identities set status = $2, restricted = $3, generation = generation + 1
     where uid = $1 returning generation`,
    [uid, login.status, login.restricted],
  );
  return changed?.generation ?? 0;
}

export async function markFirstSync(sql: Sql, uid: string, at: Instant): Promise<void> {
  await sql.query(
    'update identities set first_sync_at = $2 where uid = $1 and first_sync_at is null',
    [uid, at],
  );
}
