import type { Database } from '@overture/event-store';
import type { Clock } from '@overture/kernel';
import { decideVisits } from '@overture/planner';
import type { DueIdentities, DueQuery } from './ports.js';

/** What claiming works with; also its injection token. */
export abstract class ClaimDeps {
  abstract readonly database: Pick<Database, 'worker'>;
  abstract readonly due: DueIdentities;
  abstract readonly clock: Clock;
}

type Deps = Omit<ClaimDeps, 'clock'> & { readonly clock: Pick<Clock, 'now'> };
type Whom = Omit<DueQuery, 'now'>;

export interface Pass {
  readonly visited: number;
  readonly claimed: number;
  /** Actions that their company keeps waiting. */
  readonly setBack: number;
}

const batchesMax = 10_000;

/** Looks at every identity whose time has come, a batch in each transaction, and claims what may go (S2-31, F040). */
export async function claimAllDue(deps: Deps, whom: Whom): Promise<Pass> {
  const total = { visited: 0, claimed: 0, setBack: 0 };
  for (let batch = 0; batch < batchesMax; batch++) {
    const { visited, claimed, setBack } = await claimDue(deps, whom);
    total.visited += visited;
    total.claimed += claimed;
    total.setBack += setBack;
    // Whoever is behind one that was set back has not been looked at yet.
    if (visited < whom.visitsMax && setBack === 0) break;
  }
  return total;
}

/** One batch: locked, read, decided and written in one transaction. */
export function claimDue({ database, due, clock }: Deps, whom: Whom): Promise<Pass> {
  const now = clock.now();
  return database.worker(async (tx) => {
    const visits = await due.lock(tx, { ...whom, now });
    if (visits.length === 0) return { visited: 0, claimed: 0, setBack: 0 };
    const decisions = decideVisits(visits, now);
    const setBack = decisions.reduce((sum, decision) => sum + decision.setBack.length, 0);
    return { visited: visits.length, claimed: await due.settle(tx, decisions, now), setBack };
  });
}
