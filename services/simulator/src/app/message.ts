import { plus } from '@overture/kernel';
import { isPlanned, plan } from '../store/agenda.sql.js';
import { record } from '../store/ledger.sql.js';
import { countWritten, type MessageRow } from '../store/threads.sql.js';
import { whenAwake } from '../world/waking.js';
import { refusal, success, type Answer } from './answer.js';
import type { Call } from './call.js';
import { roomFor, type Window } from './limits.js';
import { sentFields, targetOf, type Target } from './target.js';
import { write } from './threads.js';

const textLengthMax = 8_000;

export async function message(call: Call): Promise<Answer> {
  const text = call.parameters['message'];
  if (typeof text !== 'string' || text === '') return refusal(424, 'MISSING_PARAMETER');
  if (text.length > textLengthMax) return refusal(400, 'BAD_PARAMETERS');
  const target = await targetOf(call);
  if ('refused' in target) return target.refused;
  if (target.relation.state !== 'connected') return refusal(424, 'NOT_CONNECTED');
  if (target.habits.messagingDisabled) return refusal(424, 'STATUS_403');
  const room = await roomFor(call, 'message');
  return 'refused' in room ? room.refused : send(call, target, { text, window: room.window });
}

async function send(
  call: Call,
  target: Target,
  { text, window }: { text: string; window: Window },
): Promise<Answer> {
  const { person, relation } = target;
  const written = await write(call, relation, { sender: 'identity', content: text });
  await planAnswer(call, target, written);
  await record(call.sql, {
    at: call.now,
    kind: 'message',
    identityUid: call.identity.uid,
    personKey: person.key,
    text,
    attemptId: call.attemptId,
    details: { window, messageId: written.id, threadId: written.thread_id },
  });
  return success(sentFields(person, written));
}

async function planAnswer(
  call: Call,
  { habits, relation }: Target,
  written: MessageRow,
): Promise<void> {
  if (habits.replyAfterMs === null) return;
  // Who would have answered the note answers the first message when there was no note.
  const noteless = relation.note === null ? 1 : undefined;
  const answered = habits.replyTo === 'note' ? noteless : habits.replyTo;
  if ((await countWritten(call.sql, written.thread_id)) !== answered) return;
  if (await isPlanned(call.sql, 'reply', relation)) return;
  await plan(call.sql, {
    dueAt: whenAwake(plus(call.now, habits.replyAfterMs), habits),
    kind: 'reply',
    identityUid: relation.identity_uid,
    personKey: relation.person_key,
  });
}
