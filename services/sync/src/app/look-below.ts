import type { Instant } from '@overture/kernel';
import type { SeenConversation, SeenMessage, SweptIdentity } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

const pagesMax = 10;

/**
 * A listing shows the last message only. Where somebody of the team has written by hand since, the lead's answer may
 * stand above it: such conversations are opened and read down to what is known (F086, F090).
 */
export async function lookBelow(
  deps: SyncDeps,
  identity: SweptIdentity,
  listed: readonly SeenConversation[],
): Promise<SeenConversation[]> {
  const doubtful = await deps.database.tenant(identity.tenantId, (tx) =>
    deps.sightings.doubtful(tx, identity, listed),
  );
  const found = new Map<string, SeenMessage>();
  for (const { thread, knownUntil } of doubtful) {
    const message = await newestOfLead(deps, identity, { thread, knownUntil });
    if (message) found.set(thread, message);
  }
  return listed.map((conversation) => {
    const leadMessage = found.get(conversation.thread);
    return leadMessage ? { ...conversation, leadMessage } : conversation;
  });
}

async function newestOfLead(
  { reader }: SyncDeps,
  identity: SweptIdentity,
  { thread, knownUntil }: { thread: string; knownUntil: Instant },
): Promise<SeenMessage | undefined> {
  let read = 0;
  for await (const page of reader.messages(identity, thread)) {
    const found = page.find(({ fromLead, at }) => fromLead && at > knownUntil);
    if (found) return { messageId: found.messageId, at: found.at };
    const oldest = page.at(-1);
    if (++read >= pagesMax || (oldest && oldest.at <= knownUntil)) break;
  }
  return undefined;
}
