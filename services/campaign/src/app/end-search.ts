import { lockedImport } from './import-rows.js';
import type { ImportRow } from './imports.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import { findSearch, type SearchName, type ShownSearch } from './search-view.js';
import type { SearchRow } from './searches.js';

/** Read to its end, or as far as anybody wanted. */
const through: ReadonlySet<string> = new Set(['complete', 'enough']);

/**
 * Reads no further. Whom it found waits for a person who looks at the verdicts and commits, or, where that was asked for,
 * becomes a lead now.
 */
export async function endSearch(
  ports: Ports,
  scope: Scope,
  search: SearchRow,
  reason: string,
): Promise<void> {
  const { searchId, commits, meta } = search;
  await ports.searches.change(scope, searchId, { status: 'ended', reason });
  if (!commits || !through.has(reason)) {
    await ports.imports.change(scope, searchId, { status: 'checked' });
    return;
  }
  await ports.imports.change(scope, searchId, { status: 'committing', meta });
  scope.tx.afterCommit(() => ports.work.wake('import'));
}

/** Nobody it found becomes a lead; their fields are forgotten at once. */
export async function dropSearch(
  ports: Ports,
  scope: Scope,
  { searchId }: SearchRow,
  reason: string,
): Promise<void> {
  await ports.searches.change(scope, searchId, { status: 'ended', reason });
  await ports.imports.change(scope, searchId, { status: 'failed' });
  scope.tx.afterCommit(() => ports.work.wake('import'));
}

/** Ends a search by a person's wish; one that has ended already stays as it is. */
export function cancelSearch(
  ports: Ports,
  caller: Caller,
  { keepFound, ...name }: SearchName & { readonly keepFound: boolean },
): Promise<ShownSearch> {
  return inTransaction(ports, caller, async (scope) => {
    const { search } = await findSearch(ports, scope, name);
    // Whoever keeps a page holds the import first.
    const { status } = await lockedImport(ports, scope, search.searchId);
    if (isOpen(status)) {
      const end = keepFound ? endSearch : dropSearch;
      await end(ports, scope, search, 'cancelled');
    }
    return findSearch(ports, scope, name);
  });
}

/** The import still takes rows: the search has not ended. */
export function isOpen(status: ImportRow['status']): boolean {
  return status === 'receiving';
}
