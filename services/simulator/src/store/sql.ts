import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';

/** One transaction of the simulator's schema; every store function takes it first. */
export interface Sql {
  readonly query: Transaction['query'];
  /** When something was put on the agenda for; read once the transaction has committed. */
  readonly planned: Instant[];
}

export async function rows<Row extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await sql.query<Row & Record<string, unknown>>(text, values)).rows;
}

export async function row<Row extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row | undefined> {
  return (await rows<Row>(sql, text, values))[0];
}
