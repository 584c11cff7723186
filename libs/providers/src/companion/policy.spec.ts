import { instant, plus, secondMs } from '@overture/kernel';
import {
  canSendNow,
  capWindowMs,
  dailyCap,
  draftExpiryMs,
  failureLabel,
  isClaimable,
  isLinkedInUrl,
  isPersonUrl,
  lockUntil,
  paceBreach,
  preflight,
  spacingMinMs,
  textLengthMax,
  truncatedError,
} from './policy.js';

const now = instant('2026-03-02T09:00:00.000Z');
const person = 'https://www.linkedin.com/in/ada-vale';

describe('The policy of the browser companion (S3-58)', () => {
  it('knows the numbers of the source (S3-04, S3-05, S3-06, S3-07, S3-08)', () => {
    expect(dailyCap).toEqual({ connection_request: 15, message: 30, comment: 50 });
    expect(textLengthMax).toEqual({ connection_request: 280, message: 2000, comment: 1000 });
    expect([capWindowMs, draftExpiryMs]).toEqual([86_400_000, 604_800_000]);
  });

  it.each([
    person,
    'http://linkedin.com/in/ada-vale/',
    'www.linkedin.com/in/ada-vale',
    'linkedin.com/in/j%C3%BCrgen/',
  ])('takes %s for a person (S3-24)', (url) => expect(isPersonUrl(url)).toBe(true));

  it.each([
    'https://www.linkedin.com/company/acme',
    'https://www.linkedin.com/in/',
    'https://www.linkedin.com/in//',
    'https://example.com/in/ada',
    '',
  ])('takes "%s" for no person (S3-25)', (url) => expect(isPersonUrl(url)).toBe(false));

  it('takes any address on LinkedIn for a comment (S3-26)', () => {
    expect(isLinkedInUrl('https://www.linkedin.com/pulse/an-article')).toBe(true);
    expect(isLinkedInUrl('https://example.com/posts/x')).toBe(false);
  });

  it('counts an action against the cap of the rolling day', () => {
    expect(canSendNow('connection_request', 14)).toBe(true);
    expect(canSendNow('connection_request', 15)).toBe(false);
  });

  it('hands out what nobody holds and what has not expired (S3-34, S3-36, S3-37)', () => {
    const job = { lockedUntil: null, expiresAt: plus(now, 1_000) };
    expect(isClaimable(job, now)).toBe(true);
    expect(isClaimable({ ...job, lockedUntil: lockUntil(now) }, now)).toBe(false);
    expect(isClaimable({ ...job, lockedUntil: now }, now)).toBe(true);
    expect(isClaimable({ ...job, expiresAt: now }, now)).toBe(false);
    expect(lockUntil(now)).toBe('2026-03-02T09:05:00.000Z');
  });

  it('notices results closer together than agreed (S3-33, S3-41, S3-57)', () => {
    expect(paceBreach(null, now)).toBeUndefined();
    expect(paceBreach(now, plus(now, spacingMinMs))).toBeUndefined();
    expect(paceBreach(now, plus(now, 89 * secondMs))).toEqual({ spacingMs: 89_000 });
    expect(paceBreach(now, plus(now, -1))).toEqual({ spacingMs: 0 });
  });

  it.each([
    ['You have been logged out', 'AUTH_EXPIRED'],
    ['You have reached the weekly invitation limit', 'LIMIT_REACHED'],
    ['Already connected', 'ALREADY_CONNECTED'],
    ['Invitation pending', 'INVITATION_PENDING'],
    ['Not connected to this person', 'NOT_CONNECTED'],
    ['Page not found', 'PROFILE_NOT_ACCESSIBLE'],
    ['The button was not there', 'INVALID_INPUT'],
  ])('takes "%s" for %s (F079)', (text, label) => expect(failureLabel(text)).toBe(label));

  it('cuts the text of a failure (S3-40)', () => {
    expect(truncatedError('no')).toBe('no');
    expect(truncatedError('x'.repeat(600))).toHaveLength(500);
    expect(truncatedError('🙂'.repeat(300))).toBe(`${'🙂'.repeat(249)}…`);
  });
});

describe('A preflight (S3-27)', () => {
  it('of a connection wants a person, and a note of 280 at most (S3-28)', () => {
    expect(preflight('connection_request', { url: person, body: '' })).toEqual({
      ok: true,
      reasons: [],
    });
    expect(preflight('connection_request', { url: person, body: 'x'.repeat(281) })).toEqual({
      ok: false,
      reasons: ['Expected at most 280 characters, found 281.'],
    });
    expect(preflight('connection_request', { url: 'https://x.test', body: '' }).ok).toBe(false);
  });

  it('of a message wants a person and a text of 2 000 at most (S3-29)', () => {
    expect(preflight('message', { url: person, body: 'Hi' }).ok).toBe(true);
    expect(preflight('message', { url: person, body: ' ' }).reasons).toEqual(['Expected a text.']);
    expect(preflight('message', { url: '', body: 'x'.repeat(2_001) }).reasons).toHaveLength(2);
  });

  it('of a comment wants LinkedIn and a text of 1 000 at most (S3-30)', () => {
    const url = 'https://www.linkedin.com/feed/update/urn:li:activity:7123456789';
    expect(preflight('comment', { url, body: 'Well said' }).ok).toBe(true);
    expect(preflight('comment', { url, body: '' }).ok).toBe(false);
    expect(preflight('comment', { url, body: 'x'.repeat(1_001) }).ok).toBe(false);
    expect(preflight('comment', { url: 'https://x.test', body: 'Hi' }).ok).toBe(false);
  });
});
