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

type Cell = string | number | boolean | null;

/**
 * One array for each column, as `unnest` takes rows. Written as the text PostgreSQL reads, because the driver looks at
 * each element of an array by itself, which takes ten times as long.
 */
export function columns<Row>(
  rows: readonly Row[],
  ...of: readonly ((row: Row) => Cell)[]
): string[] {
  return of.map((column) => `{${rows.map((row) => cellText(column(row))).join(',')}}`);
}

const needsEscape = /["\\]/;

function cellText(cell: Cell): string {
  if (cell === null) return 'NULL';
  if (typeof cell !== 'string') return String(cell);
  return needsEscape.test(cell) ? `"${cell.replaceAll(/["\\]/g, '\\$&')}"` : `"${cell}"`;
}
