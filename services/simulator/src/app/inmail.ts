import { plus } from '@overture/kernel';
import { plan } from '../store/agenda.sql.js';
import { record } from '../store/ledger.sql.js';
import { awaitsAnswer } from '../store/rations.sql.js';
import { whenAwake } from '../world/waking.js';
import { refusal, success, type Answer } from './answer.js';
import type { Call } from './call.js';
import { inmailRation } from './rations.js';
import { sentFields, targetOf, type Target } from './target.js';
import { write } from './threads.js';

const subjectLengthMax = 200;
const textLengthMax = 1_900;

/** A message to somebody who need not be connected: it costs a credit, and one person gets no second before answering. */
export async function inmail(call: Call): Promise<Answer> {
  const [subject, text] = [call.parameters['subject'], call.parameters['message']];
  if (!isText(subject) || !isText(text)) return refusal(424, 'MISSING_PARAMETER');
  if (text.length > textLengthMax || subject.length > subjectLengthMax)
    return refusal(400, 'BAD_PARAMETERS');
  const target = await targetOf(call);
  if ('refused' in target) return target.refused;
  const refused = await refusalTo(call, target);
  return refused ?? send(call, target, { subject, text });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

async function refusalTo(call: Call, { habits, relation }: Target): Promise<Answer | undefined> {
  if (habits.messagingDisabled) return refusal(424, 'STATUS_403');
  if (habits.outOfNetwork) return refusal(424, 'SN_OUT_OF_NETWORK');
  if (await awaitsAnswer(call.sql, relation)) return refusal(424, 'LK_INMAIL_CANNOT_RESEND');
  const { used, capacity } = await inmailRation(call, call.identity);
  return used < capacity ? undefined : refusal(424, 'LK_INMAIL_NOT_ENOUGH_CREDIT');
}

async function send(
  call: Call,
  target: Target,
  { subject, text }: { subject: string; text: string },
): Promise<Answer> {
  const { person, relation } = target;
  const { used, capacity } = await inmailRation(call, call.identity);
  const written = await write(call, relation, { sender: 'identity', content: text });
  await planAnswer(call, target);
  await record(call.sql, {
    at: call.now,
    kind: 'inmail',
    identityUid: call.identity.uid,
    personKey: person.key,
    text,
    attemptId: call.attemptId,
    details: {
      subject,
      credits: { used: used + 1, capacity },
      messageId: written.id,
      threadId: written.thread_id,
    },
  });
  return success(sentFields(person, written));
}

/** Who would have answered a first message answers an InMail. */
async function planAnswer(call: Call, { habits, relation }: Target): Promise<void> {
  if (habits.replyAfterMs === null || habits.replyTo !== 1) return;
  await plan(call.sql, {
    dueAt: whenAwake(plus(call.now, habits.replyAfterMs), habits),
    kind: 'reply',
    identityUid: relation.identity_uid,
    personKey: relation.person_key,
    details: { inmail: true },
  });
}
