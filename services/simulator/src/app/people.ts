import { dayMs, plus, seededBetween } from '@overture/kernel';
import { plan } from '../store/agenda.sql.js';
import type { Identity } from '../store/identities.sql.js';
import { findPerson, insertPerson, type PersonRow } from '../store/people.sql.js';
import { insertRelation, readRelation, type Relation } from '../store/relations.sql.js';
import { habitsOf, type Habits } from '../world/habits.js';
import { namesOf } from '../world/names.js';
import type { Scene } from './call.js';

const connectedForDaysMax = 900;

/** The person behind a name, whom the world invents when it first hears of them; none behind a given-up handle. */
export async function meetPerson(scene: Scene, name: string): Promise<PersonRow | undefined> {
  const known = await findPerson(scene.sql, name);
  if (known !== undefined) return known;
  const { sql } = scene;
  const person = await insertPerson(sql, strangerNamed(scene, name));
  if (person === undefined) return findPerson(sql, name);
  await planRename(scene, person);
  return person;
}

/** A person as the world would invent them now. */
export function strangerNamed({ world, now }: Scene, key: string): PersonRow {
  const names = namesOf(world.seed, key);
  return {
    key,
    handle: names.handle,
    numeric_id: names.numericId,
    member_id: names.memberId,
    sales_id: names.salesId,
    first_name: names.firstName,
    last_name: names.lastName,
    fixed: {},
    first_seen_at: now,
  };
}

export function habitsIn(scene: Pick<Scene, 'world'>, person: PersonRow): Habits {
  return habitsOf(scene.world, person.key, person.fixed);
}

/** Plans when the person takes another handle. */
export async function planRename(scene: Scene, person: PersonRow): Promise<void> {
  const { renamesAfterMs } = habitsIn(scene, person);
  if (renamesAfterMs === null) return;
  const dueAt = plus(person.first_seen_at, renamesAfterMs);
  await plan(scene.sql, { dueAt, kind: 'rename', personKey: person.key });
}

/** How identity and person stand; the two may have been connected since long before the story begins. */
export async function meetRelation(
  scene: Scene,
  identity: Identity,
  person: PersonRow,
): Promise<Relation> {
  const key = { identity_uid: identity.uid, person_key: person.key };
  const known = await readRelation(scene.sql, key);
  if (known !== undefined) return known;
  const days = seededBetween(`${scene.world.seed}|${person.key}|since`, 1, connectedForDaysMax);
  const connectedAt = habitsIn(scene, person).connectedAlready
    ? plus(scene.world.startedAt, -days * dayMs)
    : null;
  const created = await insertRelation(scene.sql, key, connectedAt);
  if (created === undefined) throw new Error('Two calls of one identity met one person at once.');
  return created;
}
