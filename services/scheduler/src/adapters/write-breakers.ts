import type { Transaction } from '@overture/event-store';
import { dayMs, fromMs, plus, type Instant } from '@overture/kernel';
import {
  actionKinds,
  afterOutcome,
  breakerOf,
  type Breaker,
  type Outcome,
  type Trip,
} from '@overture/policy';
import { readBreakers, writeBreaker } from './outcome.sql.js';
import type { Closed } from './write-outcomes.js';

/** What is kept beside an identity: the failures of the last day, and the trip while its breaker is open. */
interface KeptBreaker {
  readonly failures: readonly Outcome[];
  readonly trip?: Trip;
}

interface BreakerRow {
  readonly identity_id: string;
  readonly breaker: KeptBreaker | null;
  /** Its newest uses of the last day, in milliseconds. */
  readonly used_at: readonly number[];
}

/**
 * Has the breaker of each identity judge what became of its claims (F032). While it is closed and all goes well nothing
 * is read or written: what was done is in the ledger, and is looked up when something fails.
 */
export async function writeBreakers(
  tx: Transaction,
  tenantId: string,
  { closed, at }: { closed: readonly Closed[]; at: Instant },
): Promise<void> {
  const outcomes = telling(closed);
  if (outcomes.size === 0) return;
  const since = plus(at, -dayMs);
  const values = [tenantId, [...outcomes.keys()], since, actionKinds];
  const { rows } = await tx.query<BreakerRow>(readBreakers, values);
  for (const row of rows) {
    const next = judged(row, outcomes.get(row.identity_id) ?? [], since);
    await tx.query(writeBreaker, [tenantId, row.identity_id, JSON.stringify(next)]);
  }
}

/** By identity, whatever may move a breaker: failures always, successes while it is open. */
function telling(closed: readonly Closed[]): Map<string, Outcome[]> {
  const byIdentity = new Map<string, Outcome[]>();
  for (const { claim, conclusion } of closed) {
    const { tells } = conclusion;
    if (tells === undefined || (tells.sort === 'done' && !claim.tripped)) continue;
    const known = byIdentity.get(claim.identityId);
    if (known) known.push(tells);
    else byIdentity.set(claim.identityId, [tells]);
  }
  return byIdentity;
}

function judged(row: BreakerRow, outcomes: readonly Outcome[], since: Instant): KeptBreaker {
  const { failures = [], trip } = row.breaker ?? {};
  if (trip !== undefined) {
    const start: Breaker = { recent: [], trip };
    return kept(
      outcomes.reduce((breaker, each) => afterOutcome(breaker, each), start),
      [],
    );
  }
  const lately = [...failures, ...outcomes.filter(({ sort }) => sort !== 'done')].filter(
    ({ at }) => at > since,
  );
  return kept(breakerOf([...lately, ...doneAmong(row.used_at, lately)]), lately);
}

function kept({ trip }: Breaker, failures: readonly Outcome[]): KeptBreaker {
  return trip === undefined ? { failures } : { failures: [], trip };
}

/** The uses that did not fail: a failure that kept its use is the newest one before it. */
function doneAmong(usedAt: readonly number[], failures: readonly Outcome[]): Outcome[] {
  const uses = usedAt.map(fromMs).toSorted();
  for (const { at, sort } of failures) {
    const own = sort === 'limited' ? -1 : uses.findLastIndex((each) => each <= at);
    if (own >= 0) uses.splice(own, 1);
  }
  return uses.map((at) => ({ at, sort: 'done' }));
}
