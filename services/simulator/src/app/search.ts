import { record } from '../store/ledger.sql.js';
import type { PersonRow } from '../store/people.sql.js';
import { criteriaIn } from '../world/search-address.js';
import { hitsOf, trades, type Hit } from '../world/search.js';
import { isSuccess, refusal, type Answer } from './answer.js';
import type { Call } from './call.js';
import { roomFor } from './limits.js';
import { pageOf } from './paging.js';
import { habitsIn, meetPerson, meetRelation } from './people.js';
import { shownFields } from './profile.js';

export function searchLinkedIn(call: Call): Promise<Answer> {
  return search(call, { address: call.input['linkedin_people_search_url'], pageSize: 10 });
}

export async function searchSalesNavigator(call: Call): Promise<Answer> {
  if (call.identity.tier !== 'navigator') return refusal(424, 'SN_ACCOUNT_UPGRADE');
  const address = call.input['sales_navigator_profile_search_url'];
  return search(call, { address, pageSize: 25 });
}

/** One page; each costs one of the day, and stands in the ledger. */
async function search(
  call: Call,
  { address, pageSize }: { address: unknown; pageSize: number },
): Promise<Answer> {
  const criteria = criteriaIn(call.action, address);
  if (criteria === undefined) return refusal(400, 'BAD_PARAMETERS');
  const room = await roomFor(call, 'search');
  if ('refused' in room) return room.refused;
  const hits = hitsOf(call.world, criteria);
  if (hits.length === 0) return refusal(424, 'NO_RESULT');
  const answer = await pageOf(call, pageSize, {
    read: async ({ offset, limit }) => shownTo(call, hits.slice(offset, offset + limit)),
    show: (row) => row,
  });
  if (!isSuccess(answer)) return answer;
  await record(call.sql, {
    at: call.now,
    kind: 'search',
    identityUid: call.identity.uid,
    personKey: null,
    details: { ...room, people: (answer.body as object[]).length, criteria },
  });
  return answer;
}

async function shownTo(call: Call, hits: readonly Hit[]): Promise<object[]> {
  const people = await meetAll(call, hits);
  const rows: object[] = [];
  for (const { handle } of hits) rows.push(await row(call, handle, people.get(handle)));
  return rows;
}

/** In one order for all searches, so that two that find the same people never wait for each other in a circle. */
async function meetAll(call: Call, hits: readonly Hit[]): Promise<Map<string, PersonRow>> {
  const shown = hits.filter(({ hidden }) => !hidden).map(({ handle }) => handle);
  const people = new Map<string, PersonRow>();
  for (const handle of shown.sort()) {
    const person = await meetPerson(call, handle);
    if (person !== undefined) people.set(handle, person);
  }
  return people;
}

async function row(call: Call, handle: string, person: PersonRow | undefined): Promise<object> {
  const { world, identity } = call;
  const { role, place } = trades(world.seed, handle);
  if (person === undefined || habitsIn(call, person).gone) {
    return { full_name: 'LinkedIn Member', headline: role, location: place };
  }
  return shownFields(call, person, await meetRelation(call, identity, person));
}
