import { retryConflicts, type Transaction } from '@overture/event-store';
import { decideIdentity } from './decide-identity.js';
import { canBeRead } from './can-be-read.js';
import type { Account, IdentityKey, SweptIdentity } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

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

/** A provider said something about an account's login: look for ourselves, at once. */
export async function doubtLogin(deps: SyncDeps, tx: Transaction, account: Account): Promise<void> {
  const of = await deps.identities.byAccount(tx, account);
  if (of) await doubtLoginOf(deps, tx, of);
}

/** Somebody met an expired login: the next sweep, due at once, begins with it. */
export async function doubtLoginOf(
  deps: SyncDeps,
  tx: Transaction,
  of: IdentityKey,
): Promise<void> {
  const { identities, clock } = deps;
  const identity = await identities.find(tx, of);
  if (canBeRead(identity)) {
    return identities.update(tx, of, { loginCheck: true, nextSweepAt: clock.now() });
  }
  // Nobody else can look: the browser is believed.
  const data = { generation: identity.generation, witness: 'browser', at: clock.now() };
  await decideIdentity(deps, tx, of, { type: 'ReportLoginExpired', data });
}
