import { minuteMs, plus, type Instant } from '@overture/kernel';
import { sweepIdentity } from './sweep-identity.js';
import type { SyncDeps } from './sync-deps.js';

// A sweep whose process died is taken up by another after this long.
const heldMs = 10 * minuteMs;

/** Sweeps every identity that is due and says when the next one is (F086, F087). */
export async function sweepDue(deps: SyncDeps): Promise<Instant | undefined> {
  const { database, identities, clock } = deps;
  const now = clock.now();
  const due = await database.worker((tx) => identities.takeDue(tx, now, plus(now, heldMs)));
  for (const identity of due) {
    const nextSweepAt = await sweepIdentity(deps, identity);
    await database.tenant(identity.tenantId, (tx) =>
      identities.update(tx, identity, { nextSweepAt }),
    );
  }
  return database.worker((tx) => identities.nextSweepAt(tx));
}
