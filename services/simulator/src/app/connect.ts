import { plus, seededFraction } from '@overture/kernel';
import { plan } from '../store/agenda.sql.js';
import { record } from '../store/ledger.sql.js';
import { invite } from '../store/relations.sql.js';
import { numberOf } from '../world/names.js';
import { whenAwake } from '../world/waking.js';
import { refusal, success, type Answer } from './answer.js';
import type { Call } from './call.js';
import { roomFor, type Window } from './limits.js';
import { rationRefusal } from './rations.js';
import { idFields, targetOf, type Target } from './target.js';

const noteLengthMax = 300;

export async function connect(call: Call): Promise<Answer> {
  const note = call.parameters['message'] ?? '';
  if (typeof note !== 'string' || note.length > noteLengthMax)
    return refusal(400, 'BAD_PARAMETERS');
  const target = await targetOf(call);
  if ('refused' in target) return target.refused;
  return target.relation.state === 'none' ? invitation(call, target, note) : standing(call, target);
}

async function invitation(call: Call, target: Target, note: string): Promise<Answer> {
  const refused = await refusalTo(call, target, note);
  if (refused !== undefined) return refused;
  const room = await roomFor(call, 'invite');
  if ('refused' in room) return room.refused;
  return send(call, target, { note: note || null, window: room.window });
}

async function refusalTo(call: Call, target: Target, note: string): Promise<Answer | undefined> {
  if (target.habits.outOfNetwork) return refusal(424, 'SN_OUT_OF_NETWORK');
  return rationRefusal(call, target.relation, note);
}

/** Edges says "already so" in two ways, as an error and as a success: both occur here. */
function standing(call: Call, { person, relation }: Target): Answer {
  const connected = relation.state === 'connected';
  const asError = seededFraction(`${call.world.seed}|${person.key}|standing`) < 0.5;
  if (asError) return refusal(424, connected ? 'ALREADY_CONNECTED' : 'INVITATION_PENDING');
  return success({
    connected,
    pending: !connected,
    message: null,
    connection_sent_date: relation.invited_at,
    ...idFields(person),
  });
}

async function send(
  call: Call,
  target: Target,
  { note, window }: { note: string | null; window: Window },
): Promise<Answer> {
  const { sql, world, identity, now } = call;
  const { person, relation } = target;
  const id = numberOf(world.seed, 'invitation', identity.uid, person.key, relation.invitations + 1);
  await invite(sql, relation, { id, at: now, note });
  await planAcceptance(call, target, id);
  await record(sql, {
    at: now,
    kind: 'invite',
    identityUid: identity.uid,
    personKey: person.key,
    text: note,
    attemptId: call.attemptId,
    details: { window, invitationId: id },
  });
  return success({
    connected: false,
    pending: true,
    message: note,
    connection_sent_date: now,
    ...idFields(person),
  });
}

async function planAcceptance(call: Call, { person, habits }: Target, id: string): Promise<void> {
  if (habits.acceptAfterMs === null) return;
  await plan(call.sql, {
    dueAt: whenAwake(plus(call.now, habits.acceptAfterMs), habits),
    kind: 'accept',
    identityUid: call.identity.uid,
    personKey: person.key,
    details: { invitationId: id },
  });
}
