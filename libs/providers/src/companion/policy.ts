import { dayMs, minuteMs, msBetween, plus, secondMs, type Instant } from '@overture/kernel';
import type { RejectionLabel } from '../outcome.js';
import { parsePostUrl } from '../post-url.js';

// What the customer's own browser may do for us: caps, lengths, checks and times in one place (S3-58). All pure.

/** Exactly these three (S3-03). */
export type CompanionAction = 'connection_request' | 'message' | 'comment';

/** Conservative: 15 to 20 invitations a day are safe for a warm account, 30 bring a restriction within weeks (S3-09). */
export const dailyCap: Readonly<Record<CompanionAction, number>> = {
  connection_request: 15,
  message: 30,
  comment: 50,
};

/** LinkedIn's own form cuts notes near 280, although its API takes 300 (S3-10). */
export const textLengthMax: Readonly<Record<CompanionAction, number>> = {
  connection_request: 280,
  message: 2_000,
  comment: 1_000,
};

/** Rolling, no calendar day (S3-07). */
export const capWindowMs = dayMs;
/** A closed tab or a sleeping machine: the job is free again after this (S3-36, S3-37). */
export const lockMs = 5 * minuteMs;
/** Stale drafts are cold (S3-43). */
export const draftExpiryMs = 7 * dayMs;
/** What the extension agrees to keep between two actions; the server only notices a breach of it (S3-33, S3-41). */
export const spacingMinMs = 90 * secondMs;
export const errorLengthMax = 500;

/** A check before a job is handed out (S3-27). */
export interface Preflight {
  readonly ok: boolean;
  readonly reasons: readonly string[];
}

export interface PreflightInput {
  readonly url: string;
  readonly body: string;
}

/** S3-28, S3-29, S3-30. */
export function preflight(action: CompanionAction, { url, body }: PreflightInput): Preflight {
  const rightUrl = action === 'comment' ? isLinkedInUrl(url) : isPersonUrl(url);
  const expected = action === 'comment' ? 'on linkedin.com' : 'linkedin.com/in/<name>';
  const max = textLengthMax[action];
  const reasons = [
    ...(rightUrl ? [] : [`Expected an address ${expected}.`]),
    ...(action !== 'connection_request' && body.trim() === '' ? ['Expected a text.'] : []),
    ...(body.length > max ? [`Expected at most ${max} characters, found ${body.length}.`] : []),
  ];
  return { ok: reasons.length === 0, reasons };
}

const personUrl = /^(?:https?:\/\/)?(?:www\.)?linkedin\.com\/in\/[^\s/?#]+\/?$/i;

/** With or without https, with or without www, with or without a slash at the end (S3-24); no company page (S3-25). */
export function isPersonUrl(url: string): boolean {
  return personUrl.test(url.trim());
}

/** Targets of comments come from feed posts (S3-26). */
export function isLinkedInUrl(url: string): boolean {
  return parsePostUrl(url).kind !== 'refused';
}

/** Whether one more of this action fits into the rolling day of the customer. */
export function canSendNow(action: CompanionAction, usedInWindow: number): boolean {
  return usedInWindow < dailyCap[action];
}

/** Free, and worth handing out: nobody holds it and it has not expired (S3-34). */
export function isClaimable(
  job: { readonly lockedUntil: Instant | null; readonly expiresAt: Instant },
  now: Instant,
): boolean {
  return (job.lockedUntil === null || job.lockedUntil <= now) && job.expiresAt > now;
}

export function lockUntil(now: Instant): Instant {
  return plus(now, lockMs);
}

/** How far below the agreed spacing two results lie; undefined where the pace was kept (S3-57). */
export function paceBreach(
  previousAt: Instant | null,
  at: Instant,
): { readonly spacingMs: number } | undefined {
  if (previousAt === null) return undefined;
  const spacingMs = Math.max(0, msBetween(previousAt, at));
  return spacingMs < spacingMinMs ? { spacingMs } : undefined;
}

// A browser says in its own words what the page told it; first match counts.
const failures: readonly (readonly [RegExp, RejectionLabel])[] = [
  [/log(?:ged)?.?(?:in|out)|sign.?in|session|checkpoint/i, 'AUTH_EXPIRED'],
  [/restrict/i, 'ACCOUNT_RESTRICTED'],
  [/too many|limit/i, 'LIMIT_REACHED'],
  [/already (?:connected|a connection)|1st.degree already/i, 'ALREADY_CONNECTED'],
  [/pending|already (?:invited|sent)/i, 'INVITATION_PENDING'],
  [/not connected|not a (?:1st|first)|no connection/i, 'NOT_CONNECTED'],
  [/not found|404|unavailable|no longer exists|doesn.t exist/i, 'PROFILE_NOT_ACCESSIBLE'],
];

/** What a reported failure means in our taxonomy; what no rule covers waits for a person (F079). */
export function failureLabel(errorMessage: string): RejectionLabel {
  return failures.find(([pattern]) => pattern.test(errorMessage))?.[1] ?? 'INVALID_INPUT';
}

/** Texts of failures come from a page nobody controls. */
export function truncatedError(text: string): string {
  if (text.length <= errorLengthMax) return text;
  // Not in the middle of a character.
  return `${text.slice(0, errorLengthMax - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
