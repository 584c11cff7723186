import { identity as decider, identityCategory, type IdentityCommand } from '@overture/domain-sync';
import { transact, type EventMeta, type Transaction } from '@overture/event-store';
import type { IdentityKey } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

/** Decides on an identity and brings its row along, in one transaction. */
export async function decideIdentity(
  { identities }: SyncDeps,
  tx: Transaction,
  of: IdentityKey & { meta?: EventMeta },
  command: IdentityCommand,
): Promise<void> {
  const { tenantId, identityId, meta } = of;
  const events = await transact(
    tx,
    decider,
    { tenantId, streamId: `${identityCategory}-${identityId}`, meta },
    command,
  );
  await identities.project(tx, of, events);
}
