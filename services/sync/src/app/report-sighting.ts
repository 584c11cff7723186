import { retryConflicts, type Transaction } from '@overture/event-store';
import { DomainError, earliest, type Instant } from '@overture/kernel';
import { canBeRead } from './can-be-read.js';
import type { IdentityKey } from './ports.js';
import { recordConnections } from './sweep-connections.js';
import { recordConversations } from './sweep-conversations.js';
import type { SyncDeps } from './sync-deps.js';

/** What a customer's own browser saw of somebody it acted towards: nobody else sees its account (S3-02, F072). */
export interface BrowserSighting extends IdentityKey {
  readonly leadId: string;
  readonly what: 'accepted' | 'replied';
  readonly at: Instant;
  /** Of a reply; the same one is the same reply. */
  readonly messageId: string;
}

const witness = 'browser';

/** Goes the way of whatever a sweep sees (F085, F087); true where it was news. */
export function reportSighting(deps: SyncDeps, sighting: BrowserSighting): Promise<boolean> {
  const { tenantId, leadId } = sighting;
  return retryConflicts(() =>
    deps.database.tenant(tenantId, async (tx) => {
      const identity = await deps.identities.find(tx, sighting);
      if (canBeRead(identity)) {
        throw new DomainError(
          'identity/not-a-companion',
          'This account is read from here; no browser reports what it sees there.',
        );
      }
      const names = await deps.sightings.namesOf(tx, tenantId, leadId);
      return names.length > 0 && (await record(deps, tx, sighting, names)) > 0;
    }),
  );
}

function record(
  deps: SyncDeps,
  tx: Transaction,
  sighting: BrowserSighting,
  names: readonly string[],
): Promise<number> {
  const recording = { tx, identity: sighting, witness };
  // The clock of a browser may run ahead; nothing that was seen lies in the future.
  const at = earliest(sighting.at, deps.clock.now());
  if (sighting.what === 'accepted') {
    return recordConnections(deps, recording, [{ names, connectedAt: at }]);
  }
  const { messageId } = sighting;
  const message = { lastMessageId: messageId, lastMessageAt: at, lastFromLead: true };
  const conversation = { names, thread: '', ...message, received: 1 };
  return recordConversations(deps, recording, [
    { ...conversation, leadMessage: { messageId, at } },
  ]);
}
