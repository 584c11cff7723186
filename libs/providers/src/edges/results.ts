import type { WriteOutcome } from '../outcome.js';
import { compact, id, moment, text, type Json } from './json.js';
import { personIds } from './rows.js';

/** What one result row proves; `undefined` when it proves nothing. */
export type ReadResult = (row: Json | undefined) => WriteOutcome | undefined;

/** No row means NO_RESULT, and a visit cannot be read back, so it must not end as unknown. */
export function visited(row: Json | undefined): WriteOutcome | undefined {
  if (row !== undefined)
    return hasPerson(row) ? { kind: 'accepted', person: personIds(row) } : undefined;
  return { kind: 'rejected', label: 'PROFILE_NOT_ACCESSIBLE', detail: 'HTTP 200 without a result' };
}

/** 200 also says that the two were connected, or the invitation pending, before this call. */
export function invited(row: Json | undefined): WriteOutcome | undefined {
  if (row === undefined || !(hasPerson(row) || 'connected' in row || 'pending' in row))
    return undefined;
  return compact({
    kind: 'accepted',
    person: personIds(row),
    at: moment(row['connection_sent_date']),
    alreadyConnected: row['connected'] === true ? true : undefined,
    pending: row['pending'] === true ? true : undefined,
  }) as WriteOutcome;
}

export function messaged(row: Json | undefined): WriteOutcome | undefined {
  const messageId = id(row?.['linkedin_message_id']);
  const isSent = row?.['is_sent'];
  if (
    row === undefined ||
    !(isSent === true || (isSent === undefined && messageId !== undefined))
  ) {
    return undefined;
  }
  return compact({
    kind: 'accepted',
    person: personIds(row),
    at: moment(row['delivered_at']),
    messageId,
    threadId: id(row['linkedin_thread_id']),
    threadUrl: text(row['linkedin_thread_url']),
  }) as WriteOutcome;
}

export function commented(row: Json | undefined): WriteOutcome | undefined {
  const threadId = text(row?.['thread_urn']);
  const resultUrl = text(row?.['linkedin_url']);
  if (row === undefined || (threadId === undefined && resultUrl === undefined)) return undefined;
  const at = moment(row['created_at']);
  return compact({ kind: 'accepted', person: {}, at, threadId, resultUrl }) as WriteOutcome;
}

export function withdrawn(row: Json | undefined): WriteOutcome | undefined {
  const named = row?.['linkedin_invitation_urn'] ?? row?.['linkedin_invitation_id'];
  return named === undefined ? undefined : { kind: 'accepted', person: {} };
}

function hasPerson(row: Json): boolean {
  return id(row['linkedin_profile_id'] ?? row['sales_navigator_profile_id']) !== undefined;
}
