import type { Transaction } from '@overture/event-store';

type Row = Readonly<Record<string, unknown>>;

/** A table and its primary key. */
export interface Table {
  readonly name: string;
  readonly key: readonly string[];
}

const names = new Map<string, string>();

// Columns that are not plain text, by name: the same name means the same in every table of this schema.
const types: Readonly<Record<string, string>> = {
  acceptWithinDays: 'integer',
  batch: 'integer',
  cleared: 'boolean',
  contactOnce: 'boolean',
  dayOffset: 'integer',
  cooldownDays: 'integer',
  cost: 'integer',
  duplicates: 'integer',
  epoch: 'integer',
  exclusive: 'boolean',
  fingerprints: 'text[]',
  fresh: 'integer',
  freshSince: 'timestamptz',
  hours: 'jsonb',
  identityIds: 'text[]',
  importable: 'integer',
  imported: 'integer',
  mapping: 'jsonb',
  marks: 'text[]',
  messagesQueued: 'integer',
  meta: 'jsonb',
  nextBatch: 'integer',
  lastRow: 'integer',
  notAccessible: 'integer',
  open: 'boolean',
  policies: 'jsonb',
  read: 'integer',
  rejected: 'integer',
  renewed: 'integer',
  rowNo: 'integer',
  requiresConnection: 'boolean',
  rows: 'integer',
  schedule: 'jsonb',
  settings: 'jsonb',
  scheduledFor: 'timestamptz',
  sealed: 'json',
  sequenceVersion: 'integer',
  skipNeverAnswered: 'boolean',
  step: 'integer',
  steps: 'jsonb',
  toRead: 'integer',
  turns: 'integer',
  version: 'integer',
  words: 'text[]',
};

/** Inserts rows whose keys are the table's columns in camelCase; rows that are there already are left alone. */
export async function insertRows(tx: Transaction, table: string, rows: readonly object[]) {
  await write(tx, `insert into ${table}`, { rows, onConflict: 'on conflict do nothing' });
}

/** Inserts rows that cannot be there yet; that is a third cheaper than asking. */
export async function insertNewRows(tx: Transaction, table: string, rows: readonly object[]) {
  await write(tx, `insert into ${table}`, { rows, onConflict: '' });
}

/** Inserts rows, or overwrites every other column of the rows that are there already. */
export async function upsertRows(tx: Transaction, { name, key }: Table, rows: readonly object[]) {
  const changed = Object.keys(rows[0] ?? {})
    .map(snake)
    .filter((column) => !key.includes(column))
    .map((column) => `${column} = excluded.${column}`);
  const onConflict = `on conflict (${key.join(', ')}) do update set ${changed.join(', ')}`;
  await write(tx, `insert into ${name}`, { rows, onConflict });
}

/** Sets the columns named in `change` of the one row with this key. */
export async function updateRow(
  tx: Transaction,
  table: string,
  { key, change }: { key: object; change: object },
): Promise<void> {
  const values: unknown[] = [];
  const set = assignments(change, values).join(', ');
  const where = assignments(key, values).join(' and ');
  await tx.query(`update ${table} set ${set} where ${where}`, values);
}

/** `column = $n` for each key in camelCase; what it stands for joins `values`. */
export function assignments(pairs: object, values: unknown[]): string[] {
  return Object.entries(pairs).map(([name, value]) => `${snake(name)} = $${values.push(value)}`);
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

/** One statement for any number of rows. A column that is the same in all of them travels once. */
async function write(
  tx: Transaction,
  into: string,
  { rows, onConflict }: { rows: readonly object[]; onConflict: string },
): Promise<void> {
  const first = rows[0] as Row | undefined;
  if (first === undefined) return;
  const values: unknown[] = [];
  const selected: string[] = [];
  const lists: string[] = [];
  for (const name of Object.keys(first)) {
    const type = typeOf(name);
    if ((rows as readonly Row[]).every((row) => row[name] === first[name])) {
      selected.push(`$${values.push(textOf(first[name], type))}::${type}`);
    } else {
      const column = (rows as readonly Row[]).map((row) => textOf(row[name], type));
      lists.push(`$${values.push(arrayText(column))}::text[]`);
      selected.push(`c${lists.length}::${type}`);
    }
  }
  const columns = Object.keys(first).map(snake).join(', ');
  const aliases = lists.map((_, index) => `c${index + 1}`).join(', ');
  const from = lists.length === 0 ? '' : `from unnest(${lists.join(', ')}) as r (${aliases})`;
  await tx.query(
    `${into} (${columns}) select ${selected.join(', ')} ${from} ${onConflict}`,
    values,
  );
}

function typeOf(name: string): string {
  return types[name] ?? (name.endsWith('At') ? 'timestamptz' : 'text');
}

function textOf(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (type.startsWith('json')) return JSON.stringify(value);
  return type.endsWith('[]') ? arrayText(value as string[]) : String(value as string | number);
}

// The driver would look at each element of an array by itself, several times.
function arrayText(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`;
}

function quoted(value: string): string {
  return needsEscape.test(value) ? `"${value.replace(escapes, '\\$&')}"` : `"${value}"`;
}

const needsEscape = /["\\]/;
const escapes = /["\\]/g;

function snake(key: string): string {
  return renamed(key, () => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function camel(column: string): string {
  return renamed(`${column} `, () =>
    column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
}

function renamed(key: string, rename: () => string): string {
  let name = names.get(key);
  if (name === undefined) names.set(key, (name = rename()));
  return name;
}
