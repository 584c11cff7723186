import type { Instant } from '@overture/kernel';
import type { RelationKey, Slice } from './relations.sql.js';
import { row, rows, execute, type Sql } from './sql.js';

export interface InMailUse {
  readonly used: number;
  readonly firstAt: Instant | null;
}

/** InMails since then that nobody has answered: LinkedIn gives the credit of an answered one back. */
export async function inmailUse(sql: Sql, identityUid: string, since: Instant): Promise<InMailUse> {
  const found = await row<InMailUse>(
    sql,
    `select count(*) as used, min(i.at) as "firstAt" from ledger i
     where i.identity_uid = $1 and i.kind = 'inmail' and i.at > $2 and not exists (
       select from ledger r where r.identity_uid = i.identity_uid and r.kind = 'reply'
         and r.person_key = i.person_key and r.position > i.position)`,
    [identityUid, since],
  );
  return found ?? { used: 0, firstAt: null };
}

/** Whether an InMail to this person still waits for an answer. */
export async function awaitsAnswer(sql: Sql, key: RelationKey): Promise<boolean> {
  const found = await row<{ waits: boolean }>(
    sql,
    `select coalesce((select kind = 'inmail' from ledger
       where identity_uid = $1 and person_key = $2 and kind in ('inmail', 'reply')
       order by position desc limit 1), false) as waits`,
    [key.identity_uid, key.person_key],
  );
  return found?.waits ?? false;
}

export async function limitUntil(sql: Sql, identityUid: string, until: Instant): Promise<void> {
  await execute(sql, 'update identities set limited_until = $2 where uid = $1', [
    identityUid,
    until,
  ]);
}

export interface CommentRow {
  readonly position: number;
  readonly at: Instant;
  readonly text: string;
  readonly details: { readonly postUrl: string };
}

/** What an identity wrote under posts, newest first. */
export function listComments(
  sql: Sql,
  identityUid: string,
  { limit, offset }: Slice,
): Promise<CommentRow[]> {
  return rows(
    sql,
    `select position, at, text, details from ledger where identity_uid = $1 and kind = 'comment'
     order by position desc limit $2 offset $3`,
    [identityUid, limit, offset],
  );
}
