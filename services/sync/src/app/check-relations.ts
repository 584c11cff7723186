import { hourMs, type Instant } from '@overture/kernel';
import { canBeRead } from './can-be-read.js';
import type { IdentityKey, LeadNames, LeadRelation, SweptIdentity } from './ports.js';
import { sweepConnections } from './sweep-connections.js';
import { sweepConversations } from './sweep-conversations.js';
import { isOlder } from './sweep-identity.js';
import { sweepInvitations } from './sweep-invitations.js';
import type { SyncDeps } from './sync-deps.js';

const freshMs = hourMs;

export interface RelationsWanted {
  readonly leads: readonly LeadNames[];
  /** What holds where nobody can look. */
  readonly assumeConnected: boolean;
}

/** How an identity stands with people, from a reading not older than an hour (S2-16, S2-30, S4-48, F053). */
export async function checkRelations(
  deps: SyncDeps,
  of: IdentityKey,
  { leads, assumeConnected }: RelationsWanted,
): Promise<{ relations: LeadRelation[]; readAt: string }> {
  const { database, identities, sightings, clock } = deps;
  const identity = await database.tenant(of.tenantId, (tx) => identities.find(tx, of));
  const now = clock.now();
  const readable = canBeRead(identity);
  if (readable) await refresh(deps, identity, now);
  const relations = await database.tenant(of.tenantId, (tx) =>
    sightings.relationsOf(tx, of, leads),
  );
  if (readable || !assumeConnected) return { relations, readAt: now };
  const assumed = relations.map((each) => ({ ...each, relation: 'first_degree' as const }));
  return { relations: assumed, readAt: now };
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
