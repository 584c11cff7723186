import { plus } from '@overture/kernel';
import { record } from '../store/ledger.sql.js';
import type { PersonRow } from '../store/people.sql.js';
import type { Relation } from '../store/relations.sql.js';
import { companyOf } from '../world/names.js';
import { trades } from '../world/search.js';
import { success, type Answer } from './answer.js';
import type { Call, Scene } from './call.js';
import { roomFor } from './limits.js';
import { habitsIn } from './people.js';
import { idFields, targetOf } from './target.js';

/** A person's own page; each costs one of the day, and stands in the ledger. */
export async function extractProfile(call: Call): Promise<Answer> {
  const target = await targetOf(call);
  if ('refused' in target) return target.refused;
  const room = await roomFor(call, 'profile');
  if ('refused' in room) return room.refused;
  const { person, relation } = target;
  await record(call.sql, {
    at: call.now,
    kind: 'profile',
    identityUid: call.identity.uid,
    personKey: person.key,
    details: room,
  });
  const { job_title, company_name, connection_degree, ...basics } = shownFields(
    call,
    person,
    relation,
  );
  const { sections, highlights } = call.parameters;
  return success({
    ...basics,
    linkedin_profile_handle: person.handle,
    ...(sections === true && { job_title, company_name }),
    ...(highlights === true && { connection_degree }),
  });
}

/** Where somebody works at this moment of the story. */
export function employmentOf(scene: Pick<Scene, 'world' | 'now'>, person: PersonRow) {
  const { seed, knobs } = scene.world;
  const { movesAfterMs } = habitsIn(scene, person);
  const moved = movesAfterMs !== null && plus(person.first_seen_at, movesAfterMs) <= scene.now;
  const key = moved ? `${person.key}|moved` : person.key;
  return { ...trades(seed, key), company: companyOf(seed, key, knobs.companies) };
}

/** What LinkedIn shows of somebody, on their page and in a list. */
export function shownFields(
  scene: Pick<Scene, 'world' | 'now'>,
  person: PersonRow,
  { state }: Pick<Relation, 'state'>,
) {
  const { role, place, company } = employmentOf(scene, person);
  return {
    full_name: `${person.first_name} ${person.last_name}`,
    first_name: person.first_name,
    last_name: person.last_name,
    headline: `${role} at ${company}`,
    job_title: role,
    company_name: company,
    location: place,
    connection_degree: state === 'connected' ? '1st' : '2nd',
    linkedin_profile_url: `https://www.linkedin.com/in/${encodeURIComponent(person.handle)}`,
    ...idFields(person),
  };
}
