import type { Instant } from '@overture/kernel';
import type { Tier } from '../world/limits.js';
import { row, rows, execute, type Sql } from './sql.js';

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
  /** Warned until then. */
  readonly limited_until?: Instant | null;
}

/** Everything that happens to one identity happens in turn, so whoever changes something takes the row first. */
export function lockIdentity(sql: Sql, uid: string): Promise<Identity | undefined> {
  return row(sql, 'select * from identities where uid = $1 for update', [uid]);
}

/** What a call needs to know first, in one look. Reads leave the row alone: a lock would cost them a disk write. */
export async function approach(
  sql: Sql,
  uid: string,
  { locking }: { locking: boolean },
): Promise<{ identity: Identity; faulty: boolean } | undefined> {
  const found = await row<Identity & { faulty: boolean }>(
    sql,
    `select i.*, exists (select from faults) as faulty from identities i where uid = $1
     ${locking ? 'for update of i' : ''}`,
    [uid],
  );
  return found && { identity: found, faulty: found.faulty };
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
  await execute(
    sql,
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
  await execute(
    sql,
    'update identities set first_sync_at = $2 where uid = $1 and first_sync_at is null',
    [uid, at],
  );
}
