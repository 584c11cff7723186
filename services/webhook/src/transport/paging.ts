const pageMax = 200;
const pageDefault = 50;

export function pageSize(asked: number): number {
  return Math.min(asked > 0 ? asked : pageDefault, pageMax);
}

/** Cuts off the row that only told that there are more. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => string,
): { items: T[]; nextCursor: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : '' };
}
