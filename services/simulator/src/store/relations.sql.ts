import type { Instant } from '@overture/kernel';
import type { PersonRow } from './people.sql.js';
import { row, rows, execute, type Sql } from './sql.js';

export interface Relation {
  readonly identity_uid: string;
  readonly person_key: string;
  readonly state: 'none' | 'invited' | 'connected';
  readonly invitations: number;
  readonly invitation_id: string | null;
  readonly invited_at: Instant | null;
  readonly note: string | null;
  readonly connected_at: Instant | null;
  readonly withdrawn_at: Instant | null;
}

export type RelationKey = Pick<Relation, 'identity_uid' | 'person_key'>;
export type RelatedPerson = Relation & PersonRow;

/** The part of a listing that one page shows. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

export function readRelation(sql: Sql, key: RelationKey): Promise<Relation | undefined> {
  return row(sql, 'select * from relations where identity_uid = $1 and person_key = $2', [
    key.identity_uid,
    key.person_key,
  ]);
}

export function insertRelation(
  sql: Sql,
  { identity_uid, person_key }: RelationKey,
  connectedAt: Instant | null,
): Promise<Relation | undefined> {
  return row(
    sql,
    `insert into relations (identity_uid, person_key, state, connected_at)
     values ($1, $2, case when $3::timestamptz is null then 'none' else 'connected' end, $3)
     on conflict do nothing returning *`,
    [identity_uid, person_key, connectedAt],
  );
}

export async function invite(
  sql: Sql,
  { identity_uid, person_key }: RelationKey,
  invitation: { id: string; at: Instant; note: string | null },
): Promise<void> {
  await execute(
    sql,
    `update relations set state = 'invited', invitations = invitations + 1,
       invitation_id = $3, invited_at = $4, note = $5
     where identity_uid = $1 and person_key = $2`,
    [identity_uid, person_key, invitation.id, invitation.at, invitation.note],
  );
}

export async function connect(
  sql: Sql,
  { identity_uid, person_key }: RelationKey,
  at: Instant,
): Promise<void> {
  await execute(
    sql,
    `update relations set state = 'connected', connected_at = $3
     where identity_uid = $1 and person_key = $2`,
    [identity_uid, person_key, at],
  );
}

export function findInvitation(
  sql: Sql,
  identityUid: string,
  invitationId: string,
): Promise<Relation | undefined> {
  return row(
    sql,
    `select * from relations where identity_uid = $1 and invitation_id = $2 and state = 'invited'`,
    [identityUid, invitationId],
  );
}

export async function dropInvitation(
  sql: Sql,
  { identity_uid, person_key }: RelationKey,
  at: Instant,
): Promise<void> {
  await execute(
    sql,
    `update relations set state = 'none', invitation_id = null, invited_at = null, note = null,
       withdrawn_at = $3
     where identity_uid = $1 and person_key = $2`,
    [identity_uid, person_key, at],
  );
}

export function listInvitations(
  sql: Sql,
  identityUid: string,
  page: Slice,
): Promise<RelatedPerson[]> {
  return listed(
    sql,
    `r.state = 'invited' order by r.invited_at desc, r.person_key`,
    identityUid,
    page,
  );
}

export function listConnections(
  sql: Sql,
  identityUid: string,
  page: Slice,
): Promise<RelatedPerson[]> {
  const order = `r.state = 'connected' order by r.connected_at desc, r.person_key`;
  return listed(sql, order, identityUid, page);
}

function listed(
  sql: Sql,
  filterAndOrder: string,
  identityUid: string,
  { limit, offset }: Slice,
): Promise<RelatedPerson[]> {
  return rows(
    sql,
    `select r.*, p.* from relations r join people p on p.key = r.person_key
     where r.identity_uid = $1 and ${filterAndOrder} limit $2 offset $3`,
    [identityUid, limit, offset],
  );
}

export function relationsOf(sql: Sql, personKey: string): Promise<Relation[]> {
  return rows(sql, 'select * from relations where person_key = $1 order by identity_uid', [
    personKey,
  ]);
}
