import type { IdentityKey, SeenPage } from './ports.js';
import { lookUp, type LookUp } from './look-up.js';
import type { SyncDeps } from './sync-deps.js';

export interface SearchWanted {
  readonly searchUrl: string;
  /** Of the page before; empty: from the beginning. */
  readonly cursor: string;
}

/** One page of a people search. A cursor lives a day: one that the provider takes no more is told apart from a search. */
export async function searchPeople(
  deps: SyncDeps,
  of: IdentityKey,
  wanted: SearchWanted,
): Promise<LookUp<SeenPage>> {
  const asked = await lookUp(deps, { of, kind: 'search' }, (identity) =>
    deps.reader.searchPage(identity, wanted),
  );
  if (asked.outcome !== 'refused' || asked.cause !== 'input') return asked;
  return { outcome: 'refused', cause: wanted.cursor === '' ? 'search' : 'cursor' };
}
