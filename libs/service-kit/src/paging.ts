const pageMax = 200;
const pageDefault = 50;

/** How many items a page holds: what was asked for, within reason; 0 asks for the usual. */
export function pageSize(asked: number): number {
  return Math.min(asked > 0 ? asked : pageDefault, pageMax);
}

/** A page out of one row more than it holds: that row only tells that there is another page. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => string,
): { items: T[]; nextCursor: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : '' };
}
