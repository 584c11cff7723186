import type { Transaction } from '@overture/event-store';
import type { FollowedLead, IdentityKey, LeadNames } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

/** From now on this lead's replies and acceptances to this identity are facts worth stating. */
export function followLead(
  { sightings }: SyncDeps,
  tx: Transaction,
  lead: IdentityKey & FollowedLead,
): Promise<void> {
  return sightings.follow(tx, lead, lead);
}

/** The person was recognised under more names; both sides of a rename lead to the same lead (F047). */
export function learnNames(
  { sightings }: SyncDeps,
  tx: Transaction,
  lead: LeadNames & { tenantId: string },
): Promise<void> {
  return sightings.learnNames(tx, lead.tenantId, lead);
}

/** A provider said something about an account's login: look for ourselves, at once. */
export async function doubtLogin(
  deps: SyncDeps,
  tx: Transaction,
  account: { provider: string; accountRef: string },
): Promise<void> {
  const of = await deps.identities.byAccount(tx, account);
  if (of) await doubtLoginOf(deps, tx, of);
}

/** Somebody met an expired login: the next sweep, due at once, begins with it. */
export function doubtLoginOf(
  { identities, clock }: SyncDeps,
  tx: Transaction,
  of: IdentityKey,
): Promise<void> {
  return identities.update(tx, of, { loginCheck: true, nextSweepAt: clock.now() });
}
