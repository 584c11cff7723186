import { createHash } from 'node:crypto';
import { plus, type Instant } from '@overture/kernel';
import { windowMs } from '../world/limits.js';
import { row, rows, execute, type Sql } from './sql.js';

export type EffectKind =
  'visit' | 'invite' | 'message' | 'inmail' | 'withdraw' | 'comment' | 'search' | 'profile';
export type WorldEventKind =
  'accept' | 'reply' | 'expire' | 'restore' | 'warn' | 'overrun' | 'restrict' | 'rename';

export interface Entry {
  readonly at: Instant;
  readonly kind: EffectKind | WorldEventKind;
  readonly identityUid: string | null;
  readonly personKey: string | null;
  readonly text?: string | null;
  readonly attemptId?: string | null;
  readonly details?: object;
}

export interface LedgerRow {
  readonly position: number;
  readonly at: Instant;
  readonly kind: Entry['kind'];
  readonly identityUid: string | null;
  readonly personKey: string | null;
  readonly profileUrl: string | null;
  readonly memberId: string | null;
  readonly text: string | null;
  readonly textHash: string | null;
  readonly attemptId: string | null;
  readonly details: object;
}

/** Writes down what happened; the last thing a transaction does, for it keeps all others waiting. */
export async function record(sql: Sql, entry: Entry): Promise<void> {
  const written = entry.text ?? null;
  await execute(
    sql,
    `with head as (update ledger_head set position = position + 1 returning position)
     insert into ledger (position, at, kind, identity_uid, person_key, text, text_hash, attempt_id, details)
     select position, $1, $2, $3, $4, $5, $6, $7, $8 from head`,
    [
      entry.at,
      entry.kind,
      entry.identityUid,
      entry.personKey,
      written,
      written === null ? null : createHash('sha256').update(written).digest('hex'),
      entry.attemptId ?? null,
      JSON.stringify(entry.details ?? {}),
    ],
  );
}

export function readLedger(
  sql: Sql,
  page: { after: number; limit: number; kind?: string; identityUid?: string },
): Promise<LedgerRow[]> {
  return rows(
    sql,
    `select l.position, l.at, l.kind, l.identity_uid as "identityUid", l.person_key as "personKey",
       'https://www.linkedin.com/in/' || p.handle as "profileUrl", p.member_id as "memberId",
       l.text, l.text_hash as "textHash", l.attempt_id as "attemptId", l.details
     from ledger l left join people p on p.key = l.person_key
     where l.position > $1 and ($3::text is null or l.kind = $3)
       and ($4::text is null or l.identity_uid = $4)
     order by l.position limit $2`,
    [page.after, page.limit, page.kind ?? null, page.identityUid ?? null],
  );
}

export interface WindowUse {
  readonly used: number;
  /** The first and the last use in the window, and the one that must leave before another fits. */
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  readonly blockingAt: Instant | null;
}

export interface WindowQuery {
  readonly identityUid: string;
  readonly kind: Entry['kind'];
  readonly now: Instant;
  readonly capacity: number;
  /** 24 hours unless given. */
  readonly lengthMs?: number;
  /** Only those with a text: invitations with a note. */
  readonly written?: boolean;
}

/** The uses of one identity in the time before `now`, against a capacity. */
export async function windowUse(sql: Sql, use: WindowQuery): Promise<WindowUse> {
  const found = await row<WindowUse>(
    sql,
    `select count(*) as used, min(at) as "firstAt", max(at) as "lastAt",
       (array_agg(at order by at desc))[$4] as "blockingAt"
     from ledger where identity_uid = $1 and kind = $2 and at > $3 and (not $5 or text is not null)`,
    [
      use.identityUid,
      use.kind,
      plus(use.now, -(use.lengthMs ?? windowMs)),
      use.capacity,
      use.written ?? false,
    ],
  );
  return found ?? { used: 0, firstAt: null, lastAt: null, blockingAt: null };
}
