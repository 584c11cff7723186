import { hourMs, type Instant } from '@overture/kernel';
import { canBeRead } from './manage-identities.js';
import type { IdentityKey, LeadNames, LeadRelation, SweptIdentity } from './ports.js';
import { sweepConnections } from './sweep-connections.js';
import { sweepConversations } from './sweep-conversations.js';
import { isOlder } from './sweep-identity.js';
import { sweepInvitations } from './sweep-invitations.js';
import type { SyncDeps } from './sync-deps.js';

const freshMs = hourMs;

/** How an identity stands with people, from a reading not older than an hour (S2-16, S2-30, S4-48, F053). */
export async function checkRelations(
  deps: SyncDeps,
  of: IdentityKey,
  leads: readonly LeadNames[],
): Promise<{ relations: LeadRelation[]; readAt: string }> {
  const { database, identities, sightings, clock } = deps;
  const identity = await database.tenant(of.tenantId, (tx) => identities.find(tx, of));
  const now = clock.now();
  if (canBeRead(identity)) await refresh(deps, identity, now);
  const relations = await database.tenant(of.tenantId, (tx) =>
    sightings.relationsOf(tx, of, leads),
  );
  return { relations, readAt: now };
}

async function refresh(deps: SyncDeps, identity: SweptIdentity, now: Instant): Promise<void> {
  if (isOlder(identity.connectionsReadAt, now, freshMs)) {
    await sweepConnections(deps, identity);
    await sweepInvitations(deps, identity);
  }
  if (isOlder(identity.conversationsReadAt, now, freshMs)) {
    await sweepConversations(deps, identity, 'check');
  }
}
