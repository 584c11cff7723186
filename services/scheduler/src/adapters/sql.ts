import type { Transaction } from '@overture/event-store';

/**
 * Statements over many rows are planned once and kept. A plan made while a table was small would read all of it once
 * it is large, so every look-up goes by index, whatever the planner believes about sizes.
 */
export async function byIndexOnly(tx: Transaction): Promise<void> {
  await tx.query(
    'set local enable_seqscan = off; set local enable_bitmapscan = off; ' +
      'set local enable_hashjoin = off; set local enable_mergejoin = off',
  );
}

/** One array for each column, as `unnest` takes rows. */
export function columns<Row, Value>(
  rows: readonly Row[],
  ...of: readonly ((row: Row) => Value)[]
): Value[][] {
  return of.map((column) => rows.map(column));
}
