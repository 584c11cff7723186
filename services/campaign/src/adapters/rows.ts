import type { Transaction } from '@overture/event-store';

type Row = object;

const snakes = new Map<string, string>();
const camels = new Map<string, string>();

/** Inserts rows whose keys are the table's columns in camelCase; a row that is there already is left alone. */
export async function insertRows(tx: Transaction, table: string, rows: readonly Row[]) {
  if (rows.length === 0) return 0;
  const columns = columnsOf(rows);
  const text = `insert into ${table} (${columns.join(', ')})
    select ${columns.join(', ')} from json_populate_recordset(null::${table}, $1)
    on conflict do nothing`;
  return (await tx.query(text, [toJson(rows)])).rowCount ?? 0;
}

/** Inserts rows, or overwrites every other column of the rows that are there already. */
export async function upsertRows(
  tx: Transaction,
  { table, key }: { table: string; key: readonly string[] },
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = columnsOf(rows);
  const changed = columns.filter((column) => !key.includes(column));
  const text = `insert into ${table} (${columns.join(', ')})
    select ${columns.join(', ')} from json_populate_recordset(null::${table}, $1)
    on conflict (${key.join(', ')}) do update set
    ${changed.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  await tx.query(text, [toJson(rows)]);
}

/** Sets the columns named in `change` of the one row with this key. */
export async function updateRow(
  tx: Transaction,
  table: string,
  { key, change }: { key: Row; change: Row },
): Promise<void> {
  const values: unknown[] = [];
  const assign = ([name, value]: [string, unknown]) => `${snake(name)} = $${values.push(value)}`;
  const set = Object.entries(change).map(assign).join(', ');
  const where = Object.entries(key).map(assign).join(' and ');
  await tx.query(`update ${table} set ${set} where ${where}`, values);
}

/** A row of a query with its columns in camelCase; what is null in the table is absent. */
export function fromRow<T>(row: object): T {
  const result: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    if (value !== null) result[camel(column)] = value;
  }
  return result as T;
}

export const fromRows = <T>({ rows }: { rows: object[] }): T[] =>
  rows.map((row) => fromRow<T>(row));

function columnsOf(rows: readonly Row[]): string[] {
  return Object.keys(rows[0] as Row).map(snake);
}

// Columns of type jsonb take what they are given, so a row may hold objects and lists.
function toJson(rows: readonly Row[]): string {
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value])),
    ),
  );
}

function snake(key: string): string {
  let name = snakes.get(key);
  if (name === undefined) {
    name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakes.set(key, name);
  }
  return name;
}

function camel(column: string): string {
  let name = camels.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    camels.set(column, name);
  }
  return name;
}
