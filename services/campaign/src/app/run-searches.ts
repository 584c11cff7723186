import { DomainError, minuteMs, plus, type Instant } from '@overture/kernel';
import { askAgainAt, askIdentity } from './ask-identity.js';
import { dropSearch, endSearch } from './end-search.js';
import { beginAgain, isFresh, keepPage, onSearch } from './keep-page.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { DueSearch, SearchAnswer, SearchRow } from './searches.js';

// A page whose process died is read again after this long.
const heldMs = 3 * minuteMs;

/** Reads the next page of every search that is due, and says when the next one is (F051). */
export async function readSearches(ports: Ports): Promise<Instant | undefined> {
  const now = ports.clock.now();
  const due = await ports.searches.takeDue(now, plus(now, heldMs));
  const reads = await Promise.allSettled(due.map((search) => readOn(ports, search)));
  const failed = reads.find((read) => read.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return ports.searches.nextAt();
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
