import { minuteMs, plus } from '@overture/kernel';
import { parsePostUrl, type LinkedInProvider, type WrittenComment } from '@overture/providers';
import type { EffectSearch, LookBack } from '../app/ports.js';
import { textHash } from './text-hash.js';

// Clocks differ between us and LinkedIn.
const clockToleranceMs = 2 * minuteMs;

/** The same for every spelling of a post's address. */
export function postKey(postUrl: string): string {
  const url = parsePostUrl(postUrl);
  if (url.kind === 'refused') return postUrl;
  return 'activityId' in url && url.activityId !== undefined ? url.activityId : url.sendUrl;
}

/** Looks among what the account itself wrote under posts (I10). */
export async function lookForComment(
  provider: LinkedInProvider,
  { accountRef, textSha256, thread, since }: EffectSearch,
): Promise<LookBack> {
  const { profileUrl } = await provider.me({ accountRef });
  if (profileUrl === undefined) return { kind: 'blind', detail: 'The account has no address.' };
  const from = plus(since, -clockToleranceMs);
  const isOurs = ({ text, postUrl, at }: WrittenComment): boolean =>
    textHash(text) === textSha256 &&
    (postUrl === undefined || postKey(postUrl) === thread) &&
    (at === undefined || at >= from);
  for await (const page of provider.comments({ accountRef, profileUrl })) {
    const found = page.find(isOurs);
    if (found) return { kind: 'found', effectAt: found.at ?? since };
    const oldest = page.at(-1)?.at;
    if (oldest !== undefined && oldest < from) break;
  }
  return { kind: 'not_found' };
}
