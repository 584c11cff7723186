import { relation, relationStream } from '@overture/domain-sync';
import { retryConflicts, transact, type EventMeta, type Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { decideIdentity } from './decide-identity.js';
import type { IdentityKey, SeenInvitation, SweptIdentity } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

const pagesMax = 500;

/**
 * Reads the open invitations and what is left of what LinkedIn rations, and states what changed: how many are open,
 * and which are gone without an acceptance (F014, F027, S4-26, S4-32).
 */
export async function sweepInvitations(deps: SyncDeps, identity: SweptIdentity): Promise<void> {
  const at = deps.clock.now();
  const seen = await readAll(deps.reader.invitations(identity));
  const left = await deps.reader.allowances(identity);
  const data = { ...left, pendingInvitations: distinct(seen), at };
  await retryConflicts(() =>
    deps.database.tenant(identity.tenantId, async (tx) => {
      const gone = await deps.invitations.save(tx, identity, { seen, at });
      for (const { leadId, at: sentAt } of gone) {
        const missing = { ...identity, leadId, sentAt, witness: 'sent_invitations' };
        await seeGone(deps, tx, missing);
      }
      await decideIdentity(deps, tx, identity, { type: 'SeeAllowances', data });
    }),
  );
}

/** The product withdrew it: no need to wait until it is missed. */
export async function invitationWithdrawn(
  deps: SyncDeps,
  tx: Transaction,
  of: IdentityKey & { leadId: string; at: Instant; meta: EventMeta },
): Promise<void> {
  const sentAt = await deps.invitations.close(tx, of, of.at);
  await seeGone(deps, tx, { ...of, sentAt: sentAt ?? of.at, witness: 'withdrawn' });
}

interface Missing extends IdentityKey {
  readonly leadId: string;
  readonly sentAt: Instant;
  readonly witness: string;
  readonly meta?: EventMeta;
}

async function seeGone(
  { clock }: SyncDeps,
  tx: Transaction,
  { tenantId, identityId, leadId, sentAt, witness, meta }: Missing,
): Promise<void> {
  const between = { identityId, leadId };
  await transact(
    tx,
    relation,
    { tenantId, streamId: relationStream(between), meta },
    { type: 'SeeInvitationGone', data: { ...between, sentAt, witness, at: clock.now() } },
  );
}

// Whatever is not listed is missing, so half a listing would be worth nothing.
async function readAll(pages: AsyncIterable<readonly SeenInvitation[]>): Promise<SeenInvitation[]> {
  const items: SeenInvitation[] = [];
  let read = 0;
  for await (const page of pages) {
    items.push(...page);
    if (++read > pagesMax) throw new Error(`More than ${pagesMax} pages of open invitations.`);
  }
  return items;
}

function distinct(seen: readonly SeenInvitation[]): number {
  return new Set(seen.map(({ invitationId }) => invitationId)).size;
}
