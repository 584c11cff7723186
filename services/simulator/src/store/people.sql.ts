import type { Instant } from '@overture/kernel';
import type { HabitOverrides } from '../world/habits.js';
import { row, execute, type Sql } from './sql.js';

export interface PersonRow {
  readonly key: string;
  readonly handle: string;
  readonly numeric_id: string;
  readonly member_id: string;
  readonly sales_id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly fixed: HabitOverrides;
  readonly first_seen_at: Instant;
}

export function findPerson(sql: Sql, name: string): Promise<PersonRow | undefined> {
  return row(
    sql,
    'select p.* from person_names n join people p on p.key = n.person_key where n.name = $1',
    [name],
  );
}

export function readPerson(sql: Sql, key: string): Promise<PersonRow | undefined> {
  return row(sql, 'select * from people where key = $1', [key]);
}

/** Answers with nobody when the key is known already, also as a handle given up since. */
export async function insertPerson(sql: Sql, person: PersonRow): Promise<PersonRow | undefined> {
  const { key, handle, numeric_id, member_id, sales_id } = person;
  const inserted = await row<PersonRow>(
    sql,
    `insert into people (key, handle, numeric_id, member_id, sales_id, first_name, last_name, fixed, first_seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, '{}', $8) on conflict (key) do nothing returning *`,
    [
      key,
      handle,
      numeric_id,
      member_id,
      sales_id,
      person.first_name,
      person.last_name,
      person.first_seen_at,
    ],
  );
  if (inserted === undefined) return undefined;
  await addNames(sql, key, [handle, numeric_id, member_id, sales_id]);
  return inserted;
}

export async function addNames(sql: Sql, key: string, names: readonly string[]): Promise<void> {
  await execute(
    sql,
    `insert into person_names (name, person_key) select name, $1 from unnest($2::text[]) name
     on conflict (name) do update set person_key = excluded.person_key`,
    [key, names],
  );
}

/** The old handle stops working; ids go on. */
export async function renamePerson(sql: Sql, key: string, handle: string): Promise<void> {
  await execute(
    sql,
    'delete from person_names n using people p where p.key = $1 and n.person_key = $1 and n.name = p.handle',
    [key],
  );
  await execute(sql, 'update people set handle = $2 where key = $1', [key, handle]);
  await addNames(sql, key, [handle]);
}

export async function fixPerson(
  sql: Sql,
  key: string,
  fixed: { habits: HabitOverrides; firstName?: string; lastName?: string },
): Promise<void> {
  await execute(
    sql,
    `update people set fixed = fixed || $2, first_name = coalesce($3, first_name),
       last_name = coalesce($4, last_name) where key = $1`,
    [key, JSON.stringify(fixed.habits), fixed.firstName ?? null, fixed.lastName ?? null],
  );
}
