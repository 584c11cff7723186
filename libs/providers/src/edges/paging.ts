/** Pages overlap: passes on each item once, and no page that brings nothing new. */
export async function* once<Row, Item>(
  pages: AsyncIterable<readonly Row[]>,
  read: (row: Row) => Item | undefined,
  keyOf: (item: Item) => string | undefined,
): AsyncGenerator<readonly Item[]> {
  const seen = new Set<string>();
  for await (const page of pages) {
    const fresh = page.flatMap((row) => {
      const item = read(row);
      if (item === undefined) return [];
      const key = keyOf(item);
      if (key === undefined) return [item];
      if (seen.has(key)) return [];
      seen.add(key);
      return [item];
    });
    if (fresh.length > 0) yield fresh;
  }
}
