import { instant } from '@overture/kernel';
import { readPerson, type PersonRow } from '../store/people.sql.js';
import { listConnections, listInvitations, type RelatedPerson } from '../store/relations.sql.js';
import {
  findThread,
  listMessages,
  listThreads,
  type ConversationRow,
  type MessageRow,
} from '../store/threads.sql.js';
import type { World } from '../store/world.sql.js';
import { companyOf } from '../world/names.js';
import { refusal, type Answer } from './answer.js';
import type { Call } from './call.js';
import { selfOf, type Self } from './me.js';
import { pageOf } from './paging.js';
import { idFields } from './target.js';
import { idInThreadUrl, threadUrl } from './threads.js';

export function extractSentInvitations(call: Call): Promise<Answer> {
  return pageOf(call, 100, {
    read: (slice) => listInvitations(call.sql, call.identity.uid, slice),
    show: (row) => showInvitation(row, call.world),
  });
}

export function extractConnections(call: Call): Promise<Answer> {
  return pageOf(call, 40, {
    read: (slice) => listConnections(call.sql, call.identity.uid, slice),
    show: (row) => ({
      connected_at: row.connected_at,
      linkedin_profile_handle: row.handle,
      profile_image_url: null,
      ...personFields(row, call.world),
    }),
  });
}

export function extractConversations(call: Call): Promise<Answer> {
  const unreadOnly = call.parameters['read'] === false;
  return pageOf(call, 20, {
    read: (slice) => listThreads(call.sql, call.identity.uid, slice, unreadOnly),
    show: (row) => showConversation(row, call.world, selfOf(call.world, call.identity)),
  });
}

export async function extractMessages(call: Call): Promise<Answer> {
  const asked = call.input['linkedin_thread_url'];
  if (typeof asked !== 'string') return refusal(400, 'BAD_INPUT');
  const thread = await findThread(call.sql, call.identity.uid, idInThreadUrl(asked));
  const person = thread && (await readPerson(call.sql, thread.person_key));
  if (thread === undefined || person === undefined) return refusal(424, 'NO_RESULT');
  const self = selfOf(call.world, call.identity);
  return pageOf(call, 20, {
    read: (slice) => listMessages(call.sql, thread.id, slice),
    show: (row) => ({
      linkedin_thread_id: row.thread_id,
      position: row.position,
      created_at: row.delivered_at,
      ...showMessage(row, person, self),
    }),
  });
}

function showInvitation(row: RelatedPerson, world: World): object {
  return {
    linkedin_invitation_id: row.invitation_id,
    linkedin_invitation_urn: `urn:li:fsd_invitation:${row.invitation_id}`,
    sent_date: row.invited_at,
    ...personFields(row, world),
  };
}

function showConversation(row: ConversationRow, world: World, self: Self): object {
  return {
    linkedin_thread_id: row.id,
    linkedin_thread_url: threadUrl(row.id),
    participants: [personFields(row, world)],
    read: row.unread === 0,
    unread_count: row.unread,
    total_received_messages: String(row.received),
    created_at: row.created_at,
    last_activity_at: row.last_activity_at,
    sponsored: false,
    last_message: row.last && showMessage(row.last, row, self),
  };
}

function showMessage(row: MessageRow, person: PersonRow, self: Self): object {
  const ours = row.sender === 'identity';
  return {
    message_id: row.id,
    content: row.content,
    delivered_at: instant(row.delivered_at),
    linkedin_profile_id: ours ? Number(self.numericId) : Number(person.numeric_id),
    sales_navigator_profile_id: ours ? self.memberId : person.member_id,
    first_name: ours ? self.firstName : person.first_name,
    last_name: ours ? self.lastName : person.last_name,
    attachments: [],
  };
}

function personFields(person: PersonRow, world: World): object {
  return {
    linkedin_profile_url: `https://www.linkedin.com/in/${encodeURIComponent(person.handle)}`,
    full_name: `${person.first_name} ${person.last_name}`,
    first_name: person.first_name,
    last_name: person.last_name,
    job_title: `Works at ${companyOf(world.seed, person.key, world.knobs.companies)}`,
    ...idFields(person),
  };
}
