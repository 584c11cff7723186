import type { PersonRow } from '../store/people.sql.js';
import type { Relation } from '../store/relations.sql.js';
import type { Habits } from '../world/habits.js';
import type { MessageRow } from '../store/threads.sql.js';
import { nameInAddress } from '../world/profile-address.js';
import { refusal, type Answer } from './answer.js';
import type { Call } from './call.js';
import { habitsIn, meetPerson, meetRelation } from './people.js';
import { threadUrl } from './threads.js';

/** Whom an action is for. */
export interface Target {
  readonly person: PersonRow;
  readonly habits: Habits;
  readonly relation: Relation;
}

/** The person an input names, or Edges' refusal. */
export async function targetOf(call: Call): Promise<Target | { readonly refused: Answer }> {
  const { linkedin_profile_url: address, sales_navigator_profile_id: id } = call.input;
  const name = address === undefined && typeof id === 'string' ? id : nameInAddress(address);
  if (name === undefined) return { refused: refusal(400, 'BAD_INPUT') };
  const person = await meetPerson(call, name);
  if (person === undefined) return { refused: refusal(424, 'PROFILE_NOT_ACCESSIBLE') };
  const habits = habitsIn(call, person);
  if (habits.gone) return { refused: refusal(424, 'PROFILE_NOT_ACCESSIBLE') };
  return { person, habits, relation: await meetRelation(call, call.identity, person) };
}

/** The ids that every result about a person carries. */
export function idFields(person: PersonRow): object {
  return {
    sales_navigator_profile_id: person.member_id,
    linkedin_profile_id: Number(person.numeric_id),
  };
}

/** What a message that was sent is answered with. */
export function sentFields(person: PersonRow, written: MessageRow): object {
  return {
    is_sent: true,
    message: written.content,
    delivered_at: written.delivered_at,
    linkedin_message_id: written.id,
    linkedin_thread_id: written.thread_id,
    linkedin_thread_url: threadUrl(written.thread_id),
    attachments: [],
    ...idFields(person),
  };
}
