import type { Transaction } from '@overture/event-store';

/**
 * Statements over many rows are planned once and kept, often from statistics of a table that was small then. Nothing
 * here leaves the planner a choice that grows with what waits: a row is found by its whole key in a subquery of its own
 * (`offset 0` keeps it one), what is written is named by `= any`, and the rest of the row comes from a hash join.
 */
export async function byIndexOnly(tx: Transaction): Promise<void> {
  await tx.query(
    'set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_memoize = off; ' +
      'set local enable_nestloop = off; set local enable_mergejoin = off; ' +
      'set local plan_cache_mode = force_generic_plan',
  );
}

/** One array for each column, as `unnest` takes rows. */
export function columns<Row, Value>(
  rows: readonly Row[],
  ...of: readonly ((row: Row) => Value)[]
): Value[][] {
  return of.map((column) => rows.map(column));
}
