import { record } from '../store/ledger.sql.js';
import { success, type Answer } from './answer.js';
import type { Call } from './call.js';
import { roomFor } from './limits.js';
import { idFields, targetOf } from './target.js';

export async function visit(call: Call): Promise<Answer> {
  const target = await targetOf(call);
  if ('refused' in target) return target.refused;
  const room = await roomFor(call, 'visit');
  if ('refused' in room) return room.refused;
  await record(call.sql, {
    at: call.now,
    kind: 'visit',
    identityUid: call.identity.uid,
    personKey: target.person.key,
    attemptId: call.attemptId,
    details: room,
  });
  return success(idFields(target.person));
}
