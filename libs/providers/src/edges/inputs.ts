import { parsePostUrl } from '../post-url.js';
import type { Json } from './json.js';

/** Edges hands it back unchanged. */
export function customData(attemptId: string | undefined): Json {
  return attemptId === undefined ? {} : { custom_data: { attempt_id: attemptId } };
}

/** Edges takes posts and comments, by their own keys; anything else on LinkedIn it could not comment (S3-26). */
export function commentInput(postUrl: string): Json | string {
  const url = parsePostUrl(postUrl);
  switch (url.kind) {
    case 'post':
      return { linkedin_post_url: url.sendUrl };
    case 'comment':
      return { linkedin_comment_url: url.sendUrl };
    case 'other':
      return 'Edges comments posts and comments only (/posts/… or /feed/…).';
    case 'refused':
      return url.message;
  }
}
