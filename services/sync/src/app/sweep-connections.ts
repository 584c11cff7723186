import { relation, relationStream } from '@overture/domain-sync';
import { retryConflicts, transact, type Transaction } from '@overture/event-store';
import { readNewest } from './pages.js';
import type { IdentityKey, SeenConnection, SweptIdentity } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

/** Reads who connected since the last look and states acceptances as facts (F087, S4-46, S4-47). */
export async function sweepConnections(deps: SyncDeps, identity: SweptIdentity): Promise<void> {
  const readAt = deps.clock.now();
  const seen = await readNewest(
    deps.reader.connections(identity),
    identity.connectionsReadAt,
    ({ connectedAt }) => connectedAt,
  );
  await retryConflicts(() =>
    deps.database.tenant(identity.tenantId, async (tx) => {
      await recordConnections(deps, { tx, identity, witness: 'connections' }, seen);
      await deps.identities.update(tx, identity, { connectionsReadAt: readAt });
    }),
  );
}

interface Recording {
  readonly tx: Transaction;
  readonly identity: IdentityKey;
  readonly witness: string;
}

/** Keeps what was seen and states the acceptances that nobody knew of; says how many. */
export async function recordConnections(
  { sightings, clock }: SyncDeps,
  { tx, identity, witness }: Recording,
  seen: readonly SeenConnection[],
): Promise<number> {
  if (seen.length === 0) return 0;
  await sightings.saveConnections(tx, identity, seen);
  const names = seen.flatMap((each) => each.names);
  const accepted = await sightings.newlyConnected(tx, identity, names);
  let news = 0;
  for (const { leadId, at: connectedAt, names: fingerprints } of accepted) {
    const between = { identityId: identity.identityId, leadId };
    const data = { ...between, connectedAt, fingerprints, witness, at: clock.now() };
    const streamId = relationStream(between);
    const stated = await transact(
      tx,
      relation,
      { tenantId: identity.tenantId, streamId },
      { type: 'SeeAcceptance', data },
    );
    news += stated.length;
  }
  await sightings.markConnected(tx, identity, accepted);
  return news;
}
