import type { RecognizePerson, RecordReply } from './commands.js';
import type { EnrollmentEvent } from './events.js';
import { dropWaiting } from './drops.js';
import type { Enrolled } from './state.js';

/** A reply stops all that is planned, whoever saw it, and is kept whatever the state (S1-22, F084). */
export function recordReply({ data }: RecordReply, state: Enrolled): EnrollmentEvent[] {
  const known = state.replies.some(({ messageId }) => messageId === data.messageId);
  if (known || state.noReplies.includes(data.messageId)) return [];
  // It changes nothing now, and everything if the first one was none (M14).
  if (state.repliedAt !== undefined) return [{ type: 'FurtherReplyReceived', data }];
  return [{ type: 'ReplyReceived', data }, ...dropWaiting(state, 'replied', data.at)];
}

export function recognizePerson({ data }: RecognizePerson, state: Enrolled): EnrollmentEvent[] {
  const known = new Set(state.fingerprints);
  const fingerprints = [...new Set(data.fingerprints)].filter((name) => !known.has(name));
  if (fingerprints.length === 0) return [];
  return [{ type: 'PersonRecognized', data: { fingerprints, at: data.at } }];
}
