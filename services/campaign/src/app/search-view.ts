import { NotFoundError } from '@overture/kernel';
import type { ImportRow } from './imports.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { SearchRow } from './searches.js';
import type { PageOf, PageWanted } from './tables.js';

/** A search with what has become of whom it found. */
export interface ShownSearch {
  readonly search: SearchRow;
  readonly import: ImportRow;
}

export interface SearchName {
  readonly campaignId: string;
  readonly searchId: string;
}

export function shown(search: SearchRow, filled: ImportRow): ShownSearch {
  return { search, import: filled };
}

export function getSearch(ports: Ports, caller: Caller, name: SearchName): Promise<ShownSearch> {
  return inTransaction(ports, caller, (scope) => findSearch(ports, scope, name));
}

/** The searches of a campaign, the oldest first. */
export function listSearches(
  ports: Ports,
  caller: Caller,
  wanted: PageWanted & { readonly campaignId: string },
): Promise<PageOf<ShownSearch>> {
  return inTransaction(ports, caller, async (scope) => {
    const { items, nextCursor } = await ports.searches.list(scope, wanted);
    const all: ShownSearch[] = [];
    for (const search of items) all.push(await withImport(ports, scope, search));
    return { items: all, nextCursor };
  });
}

export async function findSearch(
  ports: Ports,
  scope: Scope,
  { campaignId, searchId }: SearchName,
): Promise<ShownSearch> {
  const search = await ports.searches.find(scope, searchId);
  if (search?.campaignId !== campaignId) throw new NotFoundError('search', searchId);
  return withImport(ports, scope, search);
}

async function withImport(
  { imports }: Ports,
  scope: Scope,
  search: SearchRow,
): Promise<ShownSearch> {
  const filled = await imports.find(scope, search.searchId);
  if (filled === undefined) throw new Error(`Search ${search.searchId} has no import.`);
  return shown(search, filled);
}
