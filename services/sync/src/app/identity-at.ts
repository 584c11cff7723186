import { identity as decider, identityCategory, type IdentityEvent } from '@overture/domain-sync';
import { eventsUntil } from '@overture/event-store';
import { fold, NotFoundError, type Instant } from '@overture/kernel';
import type { IdentityKey, IdentityRow } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

/** An identity as it stood at an instant: its name is the one of today, all else comes from its events (M7). */
export function identityAt(
  { database, identities }: SyncDeps,
  of: IdentityKey,
  at: Instant,
): Promise<IdentityRow> {
  const { tenantId, identityId } = of;
  return database.tenant(tenantId, async (tx) => {
    const row = await identities.find(tx, of);
    const streamId = `${identityCategory}-${identityId}`;
    const { events } = await tx.read<IdentityEvent>(tenantId, streamId);
    const until = eventsUntil(events, at);
    const state = fold(decider, until);
    if (state.status === 'absent') throw new NotFoundError('identity', identityId);
    const { login, generation, policy, allowances } = state;
    const { conversationsReadAt } = row;
    const wasRead = conversationsReadAt !== null && conversationsReadAt <= at;
    return {
      ...row,
      login,
      generation,
      policy,
      allowances,
      tier: policy.tier,
      pausedBecause: pauseIn(until),
      conversationsReadAt: wasRead ? conversationsReadAt : null,
      version: until.length,
    };
  });
}

function pauseIn(events: readonly IdentityEvent[]): string | null {
  const last = events.findLast(
    ({ type }) => type === 'IdentityPaused' || type === 'IdentityResumed',
  );
  return last?.type === 'IdentityPaused' ? last.data.cause : null;
}
