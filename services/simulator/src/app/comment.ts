import { record } from '../store/ledger.sql.js';
import { numberOf } from '../world/names.js';
import { refusal, success, type Answer } from './answer.js';
import type { Call } from './call.js';

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
