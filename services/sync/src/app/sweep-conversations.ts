import { relation, relationStream } from '@overture/domain-sync';
import { retryConflicts, transact, type Transaction } from '@overture/event-store';
import type { IdentityKey, SeenConversation, SweptIdentity } from './ports.js';
import { lookBelow } from './look-below.js';
import { readNewest } from './pages.js';
import type { SyncDeps } from './sync-deps.js';

/** Reads what was written since the last look and states new replies as facts (F086, F088, S4-37). */
export async function sweepConversations(
  deps: SyncDeps,
  identity: SweptIdentity,
  witness: string,
): Promise<void> {
  const readAt = deps.clock.now();
  const listed = await readNewest(
    deps.reader.conversations(identity),
    identity.conversationsReadAt,
    ({ lastMessageAt }) => lastMessageAt,
  );
  const seen = await lookBelow(deps, identity, listed);
  await retryConflicts(() =>
    deps.database.tenant(identity.tenantId, async (tx) => {
      await recordConversations(deps, { tx, identity, witness }, seen);
      await deps.identities.update(tx, identity, { conversationsReadAt: readAt });
    }),
  );
}

interface Recording {
  readonly tx: Transaction;
  readonly identity: IdentityKey;
  readonly witness: string;
}

/** Keeps what was seen and states the replies that nobody knew of; says how many. */
export async function recordConversations(
  { sightings, clock }: SyncDeps,
  { tx, identity, witness }: Recording,
  seen: readonly SeenConversation[],
): Promise<number> {
  if (seen.length === 0) return 0;
  await sightings.saveConversations(tx, identity, seen);
  const names = seen.filter(({ leadMessage }) => leadMessage).flatMap((each) => each.names);
  const replies = await sightings.newlyReplied(tx, identity, names);
  let news = 0;
  for (const { leadId, messageId, at: sentAt } of replies) {
    const between = { identityId: identity.identityId, leadId };
    const stated = await transact(
      tx,
      relation,
      { tenantId: identity.tenantId, streamId: relationStream(between) },
      { type: 'SeeReply', data: { ...between, messageId, sentAt, witness, at: clock.now() } },
    );
    news += stated.length;
  }
  await sightings.markReplied(tx, identity, replies);
  return news;
}
