import type { Sql } from '../store/sql.js';

export type Posted =
  { readonly status: number } | { readonly status: null; readonly error: string };

/** Posts webhooks and callbacks. */
export abstract class Postman {
  abstract post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: object,
  ): Promise<Posted>;
}

/** The simulator's database: each piece of work is one transaction. */
export abstract class WorldStore {
  abstract change<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}
