import type {
  Connection,
  Conversation,
  Me,
  Person,
  Profile,
  SentInvitation,
  ThreadMessage,
  WrittenComment,
} from '../linkedin-provider.js';
import type { PersonIds } from '../outcome.js';
import { parseProfileUrl, profileUrlOf } from '../profile-url.js';
import { compact, count, id, isObject, moment, text, type Json } from './json.js';

// Each reader answers `undefined` for a row that misses what it cannot do without; such rows are left out.

export function personIds(row: Json): PersonIds {
  return compact({
    numericId: id(row['linkedin_profile_id']),
    memberId: text(row['sales_navigator_profile_id']),
    handle: handleOf(row),
  }) as PersonIds;
}

/** The steadiest name there is. */
export function anyId({ numericId, memberId, handle }: PersonIds): string | undefined {
  return numericId ?? memberId ?? handle;
}

function handleOf(row: Json): string | undefined {
  const handle = text(row['linkedin_profile_handle']);
  if (handle !== undefined) return handle.toLowerCase();
  const parsed = parseProfileUrl(text(row['linkedin_profile_url']) ?? '');
  return parsed.kind === 'handle' ? parsed.handle : undefined;
}

function person(row: Json): Person {
  return compact({
    ids: personIds(row),
    profileUrl: text(row['linkedin_profile_url']),
    fullName: text(row['full_name']),
  }) as Person;
}

/** Out of reach, LinkedIn shows nothing but a headline: no name of the person, and no address. */
export function readProfile(row: Json): Profile {
  const { ids, profileUrl = urlOf(ids), fullName } = person(row);
  return compact({
    ids,
    profileUrl,
    fullName,
    firstName: text(row['first_name']),
    lastName: text(row['last_name']),
    headline: text(row['headline']),
    jobTitle: text(row['job_title']),
    companyName: text(row['company_name']),
    location: text(row['location']),
    connectionDegree: degree(row['connection_degree']),
  }) as Profile;
}

function urlOf({ memberId, handle }: PersonIds): string | undefined {
  if (handle !== undefined) return profileUrlOf({ handle });
  return memberId === undefined ? undefined : profileUrlOf({ memberId });
}

// LinkedIn's own search says `2nd`, Sales Navigator a number.
function degree(value: unknown): string | undefined {
  const ordinals: Readonly<Record<string, string>> = { 1: '1st', 2: '2nd', 3: '3rd' };
  const said = id(value);
  return said === undefined ? undefined : (ordinals[said] ?? said);
}

export function readConnection(row: Json): Connection {
  return compact({ connectedAt: moment(row['connected_at']), person: person(row) }) as Connection;
}

export function readSentInvitation(row: Json): SentInvitation | undefined {
  const invitationUrn = text(row['linkedin_invitation_urn']);
  const invitationId = id(row['linkedin_invitation_id']) ?? invitationUrn?.split(':').at(-1);
  if (invitationUrn === undefined || invitationId === undefined) return undefined;
  const sentAt = moment(row['sent_date']);
  return compact({ invitationId, invitationUrn, sentAt, person: person(row) }) as SentInvitation;
}

export function readConversation(row: Json): Conversation | undefined {
  const threadId = id(row['linkedin_thread_id']);
  if (threadId === undefined) return undefined;
  const participants = Array.isArray(row['participants']) ? row['participants'] : [];
  const last = row['last_message'];
  return compact({
    threadId,
    threadUrl: text(row['linkedin_thread_url']),
    participants: participants.filter(isObject).map(person),
    lastActivityAt: moment(row['last_activity_at']),
    lastMessage: isObject(last) ? readMessage(last, threadId) : undefined,
    received: count(row['total_received_messages']),
    sponsored: row['sponsored'] === true,
  }) as Conversation;
}

export function readComment(row: Json): WrittenComment | undefined {
  const commentId = id(row['linkedin_comment_id']) ?? text(row['linkedin_comment_url']);
  const written = text(row['comment_text']);
  if (commentId === undefined || written === undefined) return undefined;
  const postUrl = text(row['linkedin_post_url']);
  return compact({
    commentId,
    text: written,
    postUrl,
    at: moment(row['comment_time']),
  }) as WrittenComment;
}

export function readMessage(row: Json, thread?: string): ThreadMessage | undefined {
  const messageId = id(row['message_id']);
  const threadId = id(row['linkedin_thread_id']) ?? thread;
  if (messageId === undefined || threadId === undefined) return undefined;
  return compact({
    messageId,
    threadId,
    text: typeof row['content'] === 'string' ? row['content'] : '',
    at: moment(row['delivered_at']) ?? moment(row['created_at']),
    sender: personIds(row),
  }) as ThreadMessage;
}

/** `linkedin-me` calls the numeric id `id` and the handle `handle`; every other action names them in full. */
export function readMe(row: Json): Me | undefined {
  const ids = personIds({
    ...row,
    linkedin_profile_id: row['linkedin_profile_id'] ?? row['id'],
    linkedin_profile_handle: row['linkedin_profile_handle'] ?? row['handle'],
  });
  if (ids.numericId === undefined && ids.memberId === undefined) return undefined;
  const profileUrl = text(row['linkedin_profile_url']);
  const premium = row['premium_subscriber'] === true;
  return compact({ ids, fullName: text(row['full_name']), profileUrl, premium }) as Me;
}
