import type { Instant } from '@overture/kernel';
import type { PersonRow } from './people.sql.js';
import type { RelationKey, Slice } from './relations.sql.js';
import { row, rows, execute, type Sql } from './sql.js';

export interface Thread {
  readonly id: string;
  readonly identity_uid: string;
  readonly person_key: string;
  readonly created_at: Instant;
  readonly last_activity_at: Instant;
  readonly messages: number;
  readonly unread: number;
}

export interface MessageRow {
  readonly thread_id: string;
  readonly position: number;
  readonly id: string;
  readonly sender: 'identity' | 'person';
  readonly note: boolean;
  readonly content: string;
  readonly delivered_at: Instant;
}

export type ConversationRow = Thread &
  PersonRow & { readonly last: MessageRow | null; readonly received: number };

/** Makes room for one more message, opening the thread when needed; what the identity writes marks it as read. */
export async function advanceThread(
  sql: Sql,
  id: string,
  { identity_uid, person_key }: RelationKey,
  { sender, at }: { sender: MessageRow['sender']; at: Instant },
): Promise<Thread> {
  const thread = await row<Thread>(
    sql,
    `insert into threads as t (id, identity_uid, person_key, created_at, last_activity_at, messages, unread)
     values ($1, $2, $3, $4, $4, 1, $5)
     on conflict (identity_uid, person_key) do update set messages = t.messages + 1,
       last_activity_at = $4, unread = case when $5 = 0 then 0 else t.unread + 1 end
     returning *`,
    [id, identity_uid, person_key, at, sender === 'person' ? 1 : 0],
  );
  if (thread === undefined) throw new Error('An upsert answered without a row.');
  return thread;
}

export async function insertMessage(sql: Sql, message: MessageRow): Promise<void> {
  await execute(
    sql,
    `insert into messages (thread_id, position, id, sender, note, content, delivered_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      message.thread_id,
      message.position,
      message.id,
      message.sender,
      message.note,
      message.content,
      message.delivered_at,
    ],
  );
}

/** How many messages, beside the note, the identity has written in the thread. */
export async function countWritten(sql: Sql, threadId: string): Promise<number> {
  const found = await row<{ count: number }>(
    sql,
    `select count(*) as count from messages where thread_id = $1 and sender = 'identity' and not note`,
    [threadId],
  );
  return found?.count ?? 0;
}

export function findThread(sql: Sql, identityUid: string, id: string): Promise<Thread | undefined> {
  return row(sql, 'select * from threads where identity_uid = $1 and id = $2', [identityUid, id]);
}

export function listThreads(
  sql: Sql,
  identityUid: string,
  { limit, offset }: Slice,
  unreadOnly: boolean,
): Promise<ConversationRow[]> {
  return rows(
    sql,
    `select p.*, t.*, to_jsonb(m) as last,
       (select count(*) from messages r where r.thread_id = t.id and r.sender = 'person') as received
     from threads t join people p on p.key = t.person_key
     left join messages m on m.thread_id = t.id and m.position = t.messages
     where t.identity_uid = $1 and (not $4 or t.unread > 0)
     order by t.last_activity_at desc, t.id limit $2 offset $3`,
    [identityUid, limit, offset, unreadOnly],
  );
}

export function listMessages(
  sql: Sql,
  threadId: string,
  { limit, offset }: Slice,
): Promise<MessageRow[]> {
  return rows(
    sql,
    `select * from messages where thread_id = $1 order by position desc limit $2 offset $3`,
    [threadId, limit, offset],
  );
}
