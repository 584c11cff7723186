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

/** A message that went out through the product; whatever else is ours in a conversation was written by hand. */
export function ownMessageSent(
  { sightings }: SyncDeps,
  tx: Transaction,
  { messageId, ...of }: IdentityKey & { messageId: string },
): Promise<void> {
  return sightings.ownMessage(tx, of, messageId);
}
