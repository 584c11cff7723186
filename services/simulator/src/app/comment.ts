import { record } from '../store/ledger.sql.js';
import { listComments, type CommentRow } from '../store/rations.sql.js';
import { numberOf } from '../world/names.js';
import { nameInAddress } from '../world/profile-address.js';
import { refusal, success, type Answer } from './answer.js';
import type { Call } from './call.js';
import { selfOf } from './me.js';
import { pageOf } from './paging.js';

const postPattern = /^https:\/\/(?:(?:www|[a-z]{2})\.)?linkedin\.com\/(?:posts|feed)\//;

export async function comment(call: Call): Promise<Answer> {
  const address = call.input['linkedin_post_url'] ?? call.input['linkedin_comment_url'];
  const text = call.parameters['comment'];
  if (typeof address !== 'string' || !postPattern.test(address)) return refusal(400, 'BAD_INPUT');
  if (typeof text !== 'string' || text === '') return refusal(424, 'MISSING_PARAMETER');
  await record(call.sql, {
    at: call.now,
    kind: 'comment',
    identityUid: call.identity.uid,
    personKey: null,
    text,
    attemptId: call.attemptId,
    details: { postUrl: address },
  });
  return success({
    linkedin_url: address,
    thread_urn: `urn:li:comment:${numberOf(call.world.seed, address, text, call.now)}`,
    comment: text,
    created_at: call.now,
  });
}

/** What the owner of a profile wrote under posts; the world knows it only of the identity that asks. */
export function extractComments(call: Call): Promise<Answer> {
  const own = nameInAddress(call.input['linkedin_profile_url']);
  const isOwn = own === selfOf(call.world, call.identity).handle;
  return pageOf(call, 20, {
    read: (slice) => (isOwn ? listComments(call.sql, call.identity.uid, slice) : none()),
    show: ({ at, text, details: { postUrl } }) => ({
      linkedin_comment_id: numberOf(call.world.seed, postUrl, text, at),
      comment_text: text,
      comment_time: at,
      linkedin_post_url: postUrl,
      comment_type: 'COMMENT',
    }),
  });
}

async function none(): Promise<CommentRow[]> {
  return [];
}
