import type { RelationKey } from '../store/relations.sql.js';
import { advanceThread, insertMessage, type MessageRow } from '../store/threads.sql.js';
import { idOf } from '../world/names.js';
import type { Scene } from './call.js';

/** Writes into the one thread that identity and person share, opening it when needed. */
export async function write(
  scene: Scene,
  relation: RelationKey,
  message: Pick<MessageRow, 'sender' | 'content'> & { readonly note?: boolean },
): Promise<MessageRow> {
  const { sql, world, now } = scene;
  const { sender } = message;
  const id = threadId(world.seed, relation);
  const thread = await advanceThread(sql, id, relation, { sender, at: now });
  const position = thread.messages;
  const written: MessageRow = {
    thread_id: thread.id,
    position,
    id: `2-${idOf(world.seed, 24, 'message', thread.id, position)}`,
    sender,
    note: message.note ?? false,
    content: message.content,
    delivered_at: now,
  };
  await insertMessage(sql, written);
  return written;
}

export function threadUrl(id: string): string {
  return `https://www.linkedin.com/messaging/thread/${id}/`;
}

export function idInThreadUrl(text: string): string {
  return /\/messaging\/thread\/([^/?#]+)/.exec(text)?.[1] ?? text;
}

/** Starts with a digit and ends with `==`, as LinkedIn's do. */
function threadId(seed: string, { identity_uid, person_key }: RelationKey): string {
  return `2-${idOf(seed, 22, 'thread', identity_uid, person_key)}==`;
}
