import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { DueIdentities, DueQuery } from './ports.js';
import { decideVisit } from './visit.js';

export interface Pass {
  readonly visited: number;
  readonly claimed: number;
}

const batchesMax = 10_000;

export interface PassOptions extends Omit<DueQuery, 'now'> {
  /** Asked for each transaction. */
  readonly now: () => Instant;
}

/** Looks at every identity whose time has come, a batch in each transaction, and claims what may go (S2-31, F040). */
export async function claimAllDue(
  database: Pick<Database, 'worker'>,
  due: DueIdentities,
  { now, ...query }: PassOptions,
): Promise<Pass> {
  const total = { visited: 0, claimed: 0 };
  for (let batch = 0; batch < batchesMax; batch++) {
    const { visited, claimed } = await claimDue(database, due, { ...query, now: now() });
    total.visited += visited;
    total.claimed += claimed;
    if (visited < query.visitsMax) break;
  }
  return total;
}

/** One batch: locked, read, decided and written in one transaction. */
export function claimDue(
  database: Pick<Database, 'worker'>,
  due: DueIdentities,
  query: DueQuery,
): Promise<Pass> {
  return database.worker(async (tx) => {
    const visits = await due.lock(tx, query);
    if (visits.length === 0) return { visited: 0, claimed: 0 };
    const decisions = visits.map((visit) => decideVisit(visit, query.now));
    await due.settle(tx, decisions, query.now);
    return { visited: visits.length, claimed: decisions.filter(({ claim }) => claim).length };
  });
}
