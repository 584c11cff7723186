import type { Instant } from '@overture/kernel';
import type { RelationKey } from './relations.sql.js';
import { row, execute, type Sql } from './sql.js';

export type AgendaKind = 'accept' | 'reply' | 'rename' | 'expire' | 'run' | 'deliver';

export interface AgendaEntry {
  readonly dueAt: Instant;
  readonly kind: AgendaKind;
  readonly identityUid?: string;
  readonly personKey?: string;
  readonly details?: object;
}

export interface AgendaRow {
  readonly id: number;
  readonly due_at: Instant;
  readonly kind: AgendaKind;
  readonly identity_uid: string | null;
  readonly person_key: string | null;
  readonly details: Record<string, unknown>;
}

/** The world will do this when it comes due; whoever commits tells the clockwork. */
export async function plan(sql: Sql, entry: AgendaEntry): Promise<void> {
  await execute(
    sql,
    `insert into agenda (due_at, kind, identity_uid, person_key, details) values ($1, $2, $3, $4, $5)`,
    [
      entry.dueAt,
      entry.kind,
      entry.identityUid ?? null,
      entry.personKey ?? null,
      JSON.stringify(entry.details ?? {}),
    ],
  );
  sql.planned.push(entry.dueAt);
}

export function nextDue(sql: Sql): Promise<AgendaRow | undefined> {
  return row(sql, 'select * from agenda order by due_at, id limit 1');
}

/** Takes an entry off the agenda; `false` when another did so before. */
export async function take(sql: Sql, id: number): Promise<boolean> {
  return (await row(sql, 'delete from agenda where id = $1 returning id', [id])) !== undefined;
}

export async function cancel(sql: Sql, kind: AgendaKind, key: RelationKey): Promise<void> {
  await execute(
    sql,
    'delete from agenda where kind = $1 and identity_uid = $2 and person_key = $3',
    [kind, key.identity_uid, key.person_key],
  );
}

export async function cancelRename(sql: Sql, personKey: string): Promise<void> {
  await execute(
    sql,
    `delete from agenda where kind = 'rename' and identity_uid is null and person_key = $1`,
    [personKey],
  );
}

export async function isPlanned(sql: Sql, kind: AgendaKind, key: RelationKey): Promise<boolean> {
  const found = await row(
    sql,
    'select id from agenda where kind = $1 and identity_uid = $2 and person_key = $3 limit 1',
    [kind, key.identity_uid, key.person_key],
  );
  return found !== undefined;
}
