import { cancel } from '../store/agenda.sql.js';
import { record } from '../store/ledger.sql.js';
import { dropInvitation, findInvitation } from '../store/relations.sql.js';
import { refusal, success, type Answer } from './answer.js';
import type { Call } from './call.js';

const urnPattern = /^urn:li:fsd_invitation:(\d+)$/;

export async function withdraw(call: Call): Promise<Answer> {
  const { sql, identity, input } = call;
  const urn = input['linkedin_invitation_urn'];
  const invitationId = typeof urn === 'string' ? urnPattern.exec(urn)?.[1] : undefined;
  if (invitationId === undefined) return refusal(400, 'BAD_INPUT');
  const relation = await findInvitation(sql, identity.uid, invitationId);
  if (relation === undefined) return refusal(424, 'NO_RESULT');
  await dropInvitation(sql, relation, call.now);
  await cancel(sql, 'accept', relation);
  await record(sql, {
    at: call.now,
    kind: 'withdraw',
    identityUid: identity.uid,
    personKey: relation.person_key,
    attemptId: call.attemptId,
    details: { invitationId },
  });
  return success({ linkedin_invitation_id: invitationId, linkedin_invitation_urn: urn });
}
