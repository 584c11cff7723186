import { plus } from '@overture/kernel';
import { plan, type AgendaRow } from '../store/agenda.sql.js';
import { lockIdentity } from '../store/identities.sql.js';
import { record } from '../store/ledger.sql.js';
import { readPerson, renamePerson, type PersonRow } from '../store/people.sql.js';
import { connect, readRelation, type Relation } from '../store/relations.sql.js';
import { idOf } from '../world/names.js';
import { answerText, greetingText } from '../world/texts.js';
import { whenAwake } from '../world/waking.js';
import type { Scene } from './call.js';
import { expire } from './login.js';
import { habitsIn } from './people.js';
import { write } from './threads.js';

/** What the world does by itself when an entry of its agenda comes due. */
export async function happen(scene: Scene, entry: AgendaRow): Promise<void> {
  if (entry.kind === 'rename') return rename(scene, entry.person_key ?? '');
  const identity = await lockIdentity(scene.sql, entry.identity_uid ?? '');
  if (identity === undefined) return;
  if (entry.kind === 'expire') return expire(scene, identity);
  const pair = await pairOf(scene, identity.uid, entry.person_key ?? '');
  if (pair !== undefined) await act(scene, pair, entry);
}

function act(scene: Scene, pair: Pair, entry: AgendaRow): Promise<void> {
  return entry.kind === 'accept' ? accept(scene, pair, entry) : reply(scene, pair, entry.details);
}

async function pairOf({ sql }: Scene, identityUid: string, key: string): Promise<Pair | undefined> {
  const person = await readPerson(sql, key);
  const relation = await readRelation(sql, { identity_uid: identityUid, person_key: key });
  return person && relation && { person, relation };
}

interface Pair {
  readonly person: PersonRow;
  readonly relation: Relation;
}

async function accept(scene: Scene, { person, relation }: Pair, entry: AgendaRow): Promise<void> {
  const invitationId = entry.details['invitationId'];
  // Withdrawn meanwhile, or asked anew: that acceptance belongs to no invitation any more.
  if (relation.state !== 'invited' || relation.invitation_id !== invitationId) return;
  await connect(scene.sql, relation, scene.now);
  if (relation.note !== null) {
    await write(scene, relation, { sender: 'identity', content: relation.note, note: true });
  }
  await planFirstWords(scene, { person, relation });
  await record(scene.sql, {
    at: scene.now,
    kind: 'accept',
    identityUid: relation.identity_uid,
    personKey: person.key,
    details: { invitationId },
  });
}

/** Once connected, some answer the note and some write without being asked. */
async function planFirstWords(scene: Scene, { person, relation }: Pair): Promise<void> {
  const habits = habitsIn(scene, person);
  const answersNote = habits.replyTo === 'note' && relation.note !== null;
  const afterMs = answersNote ? habits.replyAfterMs : habits.writesFirstAfterMs;
  if (afterMs === null) return;
  await plan(scene.sql, {
    dueAt: whenAwake(plus(scene.now, afterMs), habits),
    kind: 'reply',
    identityUid: relation.identity_uid,
    personKey: person.key,
    details: { unprompted: !answersNote },
  });
}

/** A message from the person. */
export async function reply(
  scene: Scene,
  { person, relation }: Pair,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (relation.state !== 'connected' && details['inmail'] !== true) return;
  const unprompted = details['unprompted'] === true;
  const seed = `${scene.world.seed}|${person.key}|${relation.identity_uid}|words`;
  const drawn = unprompted ? greetingText(seed) : answerText(seed);
  const given = details['text'] ?? habitsIn(scene, person).replyText;
  const content = typeof given === 'string' ? given : drawn;
  const written = await write(scene, relation, { sender: 'person', content });
  await record(scene.sql, {
    at: scene.now,
    kind: 'reply',
    identityUid: relation.identity_uid,
    personKey: person.key,
    text: content,
    details: { messageId: written.id, threadId: written.thread_id, unprompted },
  });
}

async function rename({ sql, world, now }: Scene, key: string): Promise<void> {
  const person = await readPerson(sql, key);
  if (person === undefined) return;
  const handle = `${person.handle}-${idOf(world.seed, 4, 'rename', key).toLowerCase()}`;
  await renamePerson(sql, key, handle);
  const details = { from: person.handle, to: handle };
  await record(sql, { at: now, kind: 'rename', identityUid: null, personKey: key, details });
}
