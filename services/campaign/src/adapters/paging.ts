import { InvalidInputError } from '@overture/kernel';
import type { PageOf } from '../app/tables.js';

/** A cursor is the sort key of the last row of the page before; opaque to callers. */
export function encodeCursor(key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The sort key of a cursor with as many parts as expected; undefined for the first page. */
export function decodeCursor(cursor: string, parts: number): readonly unknown[] | undefined {
  if (cursor === '') return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === parts) return key;
  } catch {
    // Falls through to the refusal: whoever made this text, it was not us.
  }
  throw new InvalidInputError([
    { path: '/cursor', message: 'This cursor is not one that a page before gave.' },
  ]);
}

/** A page from one row more than was wanted: the extra row only says that there is more. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  key: (row: T) => unknown[],
): PageOf<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(key(last)) : '';
  return { items, nextCursor };
}
