import { createHash } from 'node:crypto';
import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';

/** One transaction of the simulator's schema; every store function takes it first. */
export interface Sql {
  readonly query: Transaction['query'];
  /** When something was put on the agenda for; read once the transaction has committed. */
  readonly planned: Instant[];
}

const names = new Map<string, string>();

export async function rows<Row extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await sql.query<Row & Record<string, unknown>>(prepared(text), values)).rows;
}

export async function row<Row extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row | undefined> {
  return (await rows<Row>(sql, text, values))[0];
}

export async function execute(
  sql: Sql,
  text: string,
  values: readonly unknown[] = [],
): Promise<void> {
  await sql.query(prepared(text), values);
}

/** The texts are few and fixed, so PostgreSQL parses and plans each once per connection. */
function prepared(text: string): { name: string; text: string } {
  const known = names.get(text);
  const name = known ?? createHash('sha256').update(text).digest('hex').slice(0, 32);
  if (known === undefined) names.set(text, name);
  return { name, text };
}
