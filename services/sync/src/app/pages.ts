import { plus, minuteMs, type Instant } from '@overture/kernel';

// Pages move while they are read, and providers fall behind: each reading covers the end of the one before again.
const overlapMs = 10 * minuteMs;
const pagesMax = 2_000;

/** Reads newest-first pages until they are older than the last reading. Without a last reading: all of them. */
export async function readNewest<T>(
  pages: AsyncIterable<readonly T[]>,
  lastReadAt: Instant | null,
  at: (item: T) => Instant,
): Promise<T[]> {
  const since = lastReadAt ? plus(lastReadAt, -overlapMs) : undefined;
  const items: T[] = [];
  let read = 0;
  for await (const page of pages) {
    items.push(...page);
    const oldest = page.at(-1);
    if (++read >= pagesMax || (since && oldest && at(oldest) < since)) break;
  }
  return items;
}
