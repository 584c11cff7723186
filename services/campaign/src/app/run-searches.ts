import { DomainError, type Instant } from '@overture/kernel';
import { askAgainAt, askIdentity } from './ask-identity.js';
import { dropSearch, endSearch } from './end-search.js';
import { beginAgain, isFresh, keepPage, onSearch } from './keep-page.js';
import type { Ports } from './ports.js';
import { takeTurns } from './reading-jobs.js';
import type { Scope } from './scope.js';
import type { DueSearch, SearchAnswer, SearchRow } from './searches.js';

/** Reads the next page of every search that is due, and says when the next one is (F051). */
export function readSearches(ports: Ports): Promise<Instant | undefined> {
  return takeTurns(ports, ports.searches, (search) => readOn(ports, search));
}

async function readOn(ports: Ports, due: DueSearch): Promise<void> {
  if (!isFresh(due, ports.clock.now())) return beginAgain(ports, due, ports.clock.now());
  try {
    return await keep(ports, due, await asked(ports, due));
  } catch (error) {
    // The campaign it searches for is over.
    if (!(error instanceof DomainError)) throw error;
    return onSearch(ports, due, (scope, search) => dropSearch(ports, scope, search, error.code));
  }
}

function asked(ports: Ports, due: DueSearch): Promise<SearchAnswer> {
  return askIdentity(ports, () => ports.search.page(due.tenantId, due));
}

function keep(ports: Ports, due: DueSearch, answer: SearchAnswer): Promise<void> {
  switch (answer.outcome) {
    case 'read':
      return keepPage(ports, due, answer);
    case 'wait':
      return onSearch(ports, due, (scope, search) => wait(ports, scope, search, answer));
    case 'refused':
      if (answer.cause === 'cursor') return beginAgain(ports, due, ports.clock.now());
      return onSearch(ports, due, (scope, search) => endSearch(ports, scope, search, answer.cause));
  }
}

async function wait(
  ports: Ports,
  scope: Scope,
  { searchId, identityId }: SearchRow,
  answer: Extract<SearchAnswer, { outcome: 'wait' }>,
): Promise<void> {
  const nextAt = await askAgainAt(ports, scope, identityId, answer);
  await ports.searches.change(scope, searchId, { reason: answer.cause, nextAt });
}
