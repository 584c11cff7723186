import { identity as decider, identityCategory, type IdentityCommand } from '@overture/domain-sync';
import { retryConflicts, transact, type EventMeta, type Transaction } from '@overture/event-store';
import type { IdentityKey, SweptIdentity } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

export const identityStream = (identityId: string): string => `${identityCategory}-${identityId}`;

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
    { tenantId, streamId: identityStream(identityId), meta },
    command,
  );
  await identities.project(tx, of, events);
}

/** States what somebody saw of the login. `of.generation` is the login that was current when they began to look. */
export function reportLogin(
  deps: SyncDeps,
  of: Pick<SweptIdentity, 'tenantId' | 'identityId' | 'generation'>,
  { valid, witness }: { valid: boolean; witness: string },
): Promise<void> {
  const data = { generation: of.generation, witness, at: deps.clock.now() };
  const type = valid ? 'ReportLoginRestored' : 'ReportLoginExpired';
  return retryConflicts(() =>
    deps.database.tenant(of.tenantId, (tx) => decideIdentity(deps, tx, of, { type, data })),
  );
}
