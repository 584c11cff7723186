import {
  DomainError,
  minuteMs,
  NotFoundError,
  plus,
  TransientError,
  type Instant,
} from '@overture/kernel';
import { dropSearch, endSearch } from './end-search.js';
import { beginAgain, isFresh, keepPage, onSearch } from './keep-page.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { DueSearch, SearchAnswer, SearchRow } from './searches.js';

// A page whose process died is read again after this long.
const heldMs = 3 * minuteMs;
const tryAgainAfterMs = 5 * minuteMs;
const askAgainAfterMs = minuteMs;

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

async function asked({ search, clock }: Ports, due: DueSearch): Promise<SearchAnswer> {
  try {
    return await search.page(due.tenantId, due);
  } catch (error) {
    if (error instanceof NotFoundError) return { outcome: 'refused', cause: 'identity' };
    if (!(error instanceof TransientError)) throw error;
    const nextAt = plus(clock.now(), tryAgainAfterMs);
    return { outcome: 'wait', cause: 'provider', nextAt };
  }
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

const untilTold: ReadonlySet<string> = new Set(['login', 'identity_paused']);

/**
 * Whoever waits for a login or a resumed identity is told when it comes. It may have come before this was written down: the
 * gates are held, so that it comes after, or is seen here.
 */
async function wait(
  { gates, searches, clock }: Ports,
  scope: Scope,
  { searchId, identityId }: SearchRow,
  { cause: reason, nextAt }: Extract<SearchAnswer, { outcome: 'wait' }>,
): Promise<void> {
  const names = [
    { kind: 'identity', gateId: identityId },
    { kind: 'login', gateId: identityId },
  ] as const;
  const held = untilTold.has(reason) ? await gates.hold(scope, names) : [];
  const missed = untilTold.has(reason) && held.every(({ open }) => open);
  const at = missed ? plus(clock.now(), askAgainAfterMs) : nextAt;
  await searches.change(scope, searchId, { reason, nextAt: at });
}
