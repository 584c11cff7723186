import { ProviderRejection } from '@overture/providers';
import type { Instant } from '@overture/kernel';
import { canBeRead } from './can-be-read.js';
import type { IdentityKey, IdentityRow } from './ports.js';
import { reportLogin } from './report-login.js';
import { sweepConversations } from './sweep-conversations.js';
import type { SyncDeps } from './sync-deps.js';

export interface ConversationState {
  readonly syncedAt: Instant;
  readonly relation: 'first_degree' | 'not_connected' | 'unknown';
  readonly replied: boolean;
  readonly provider: string;
  readonly accountRef: string;
  readonly ready: boolean;
  readonly notReadyCause: string;
  readonly threadUrl: string;
}

/** The look in the second before a send: a reply that is there is seen here, and stops everything (S4-52, F085). */
export async function syncBeforeSend(
  deps: SyncDeps,
  of: IdentityKey & { leadId: string },
): Promise<ConversationState> {
  const syncedAt = deps.clock.now();
  const before = await deps.database.tenant(of.tenantId, (tx) => deps.identities.find(tx, of));
  const failure = whyNotReady(before) ?? (await sweepOrWhyNot(deps, before));
  return deps.database.tenant(of.tenantId, async (tx) => {
    const lead = await deps.sightings.leadState(tx, of, of.leadId);
    return {
      syncedAt,
      relation: lead.connected ? 'first_degree' : canBeRead(before) ? 'not_connected' : 'unknown',
      replied: lead.replied,
      provider: before.provider,
      accountRef: before.accountRef,
      ready: failure === undefined,
      notReadyCause: failure ?? '',
      threadUrl: lead.thread,
    };
  });
}

function whyNotReady(identity: IdentityRow): string | undefined {
  if (identity.login === 'expired') return 'auth_expired';
  return identity.pausedBecause === null ? undefined : `identity_paused: ${identity.pausedBecause}`;
}

async function sweepOrWhyNot(deps: SyncDeps, identity: IdentityRow): Promise<string | undefined> {
  if (!canBeRead(identity)) return undefined;
  try {
    await sweepConversations(deps, identity, 'before_send');
    return undefined;
  } catch (error) {
    if (!(error instanceof ProviderRejection)) throw error;
    if (error.label === 'AUTH_EXPIRED') {
      await reportLogin(deps, identity, { valid: false, witness: 'before_send' });
    }
    return error.label.toLowerCase();
  }
}
