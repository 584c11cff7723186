import { dayMs, plus, type Instant } from '@overture/kernel';
import { cancelRename } from '../store/agenda.sql.js';
import { insertIdentity, lockIdentity, type Identity } from '../store/identities.sql.js';
import {
  addNames,
  findPerson,
  fixPerson,
  readPerson,
  type PersonRow,
} from '../store/people.sql.js';
import { connect, relationsOf, type Relation } from '../store/relations.sql.js';
import type { Sql } from '../store/sql.js';
import { clearWorld, readWorld, writeWorld, type World } from '../store/world.sql.js';
import { defaultKnobs, type Knobs } from '../world/knobs.js';
import type { HabitOverrides, Habits } from '../world/habits.js';
import { nameInAddress } from '../world/profile-address.js';
import type { Scene } from './call.js';
import { habitsIn, meetPerson, strangerNamed, meetRelation, planRename } from './people.js';
import { employmentOf } from './profile.js';
import { reply } from './world-events.js';

// How a test or the demo sets the scene. None of this exists at a real provider.

export interface NewWorld {
  readonly seed?: string;
  readonly startAt?: Instant;
  readonly knobs?: Partial<Knobs>;
}

/** Begins a story in an empty world. */
export async function beginWorld(sql: Sql, given: NewWorld, now: Instant): Promise<World> {
  await clearWorld(sql);
  const knobs = { ...defaultKnobs, ...given.knobs };
  const world = { seed: given.seed ?? 'overture', startedAt: given.startAt ?? now, knobs };
  await writeWorld(sql, world);
  return readWorld(sql);
}

export type NewIdentity = Pick<
  Identity,
  'uid' | 'name' | 'time_zone' | 'tier' | 'workspace' | 'status'
>;

/** Adds an identity under a uid of the caller's choice; a known uid is changed, its login left as it is. */
export async function addIdentity({ sql, now }: Scene, given: NewIdentity): Promise<void> {
  const state = { type: 'engagement', restricted: false, generation: 0 } as const;
  await insertIdentity(sql, { ...given, ...state, created_at: now, first_sync_at: null });
}

export interface NewConnection {
  readonly profileUrl: string;
  readonly since?: Instant;
}

/** Makes people first-degree connections of an identity; answers with the addresses nobody lives at. */
export async function relate(
  scene: Scene,
  identityUid: string,
  people: readonly NewConnection[],
): Promise<{ connected: number; refused: string[] }> {
  const identity = await lockIdentity(scene.sql, identityUid);
  const refused: string[] = [];
  for (const { profileUrl, since } of people) {
    const person = await personAt(scene, profileUrl);
    if (identity === undefined || person === undefined) {
      refused.push(profileUrl);
      continue;
    }
    const relation = await meetRelation(scene, identity, person);
    await connect(scene.sql, relation, since ?? plus(scene.now, -30 * dayMs));
  }
  return { connected: people.length - refused.length, refused };
}

export interface FixedPerson {
  readonly profileUrl: string;
  readonly habits: HabitOverrides;
  readonly firstName?: string;
  readonly lastName?: string;
  /** Further addresses that lead to the same person. */
  readonly aliases?: readonly string[];
}

/** Fixes what given people will do; habits that already led to an entry on the agenda stay as they were. */
export async function fixPeople(
  scene: Scene,
  people: readonly FixedPerson[],
): Promise<{ fixed: number; refused: string[] }> {
  const refused: string[] = [];
  for (const given of people) {
    const person = await personAt(scene, given.profileUrl);
    if (person === undefined) {
      refused.push(given.profileUrl);
      continue;
    }
    await fix(scene, person, given);
  }
  return { fixed: people.length - refused.length, refused };
}

async function fix(scene: Scene, person: PersonRow, given: FixedPerson): Promise<void> {
  await fixPerson(scene.sql, person.key, given);
  const aliases = (given.aliases ?? []).flatMap((address) => nameInAddress(address) ?? []);
  await addNames(scene.sql, person.key, aliases);
  if (!('renamesAfterMs' in given.habits)) return;
  await cancelRename(scene.sql, person.key);
  const fixed = await readPerson(scene.sql, person.key);
  if (fixed !== undefined) await planRename(scene, fixed);
}

/** Has a person answer now; `false` when the two are not connected. */
export async function replyNow(
  scene: Scene,
  given: { identityUid: string; profileUrl: string; text?: string },
): Promise<boolean> {
  const identity = await lockIdentity(scene.sql, given.identityUid);
  const person = await personAt(scene, given.profileUrl);
  if (identity === undefined || person === undefined) return false;
  const relation = await meetRelation(scene, identity, person);
  await reply(scene, { person, relation }, given.text === undefined ? {} : { text: given.text });
  return relation.state === 'connected';
}

export interface KnownPerson {
  readonly person: PersonRow;
  /** Colleagues share it. */
  readonly company: string;
  readonly habits: Habits;
  readonly relations: readonly Relation[];
}

/** A person found by any of their names or addresses, also one whom the world has not met yet. Changes nothing. */
export async function describePerson(scene: Scene, name: string): Promise<KnownPerson | undefined> {
  const key = nameAt(name);
  if (key === undefined) return undefined;
  const person = (await findPerson(scene.sql, key)) ?? strangerNamed(scene, key);
  const relations = await relationsOf(scene.sql, person.key);
  const { company } = employmentOf(scene, person);
  return { person, company, habits: habitsIn(scene, person), relations };
}

async function personAt(scene: Scene, address: string): Promise<PersonRow | undefined> {
  const name = nameAt(address);
  return name === undefined ? undefined : meetPerson(scene, name);
}

function nameAt(address: string): string | undefined {
  return nameInAddress(address) ?? (address.includes('/') ? undefined : address);
}
