/** A profile URL in the one form used for comparison. Keep the original text too. */
export type ProfileUrl = HandleUrl | MemberUrl | PublicUrl;

interface Parsed {
  /** For comparison and de-duplication: two spellings of one URL have the same. */
  readonly normalUrl: string;
  /** Safe to hand to a provider: https, `www`, percent-encoded. */
  readonly sendUrl: string;
}

/** `/in/ada-vale`: the handle is lower-case and decoded. The person may change it. */
export interface HandleUrl extends Parsed {
  readonly kind: 'handle';
  readonly handle: string;
}

/** `/in/ACo…`, `/sales/lead/ACw…`: an opaque id, exact in case, never changes. */
export interface MemberUrl extends Parsed {
  readonly kind: 'member';
  readonly memberId: string;
}

/** `/pub/ada-vale/1/2b/3c4`: old form; providers take it, but it gives neither handle nor id. */
export interface PublicUrl extends Parsed {
  readonly kind: 'public';
}

export type ProfileUrlReason =
  | 'empty'
  | 'not-a-url'
  | 'not-linkedin'
  | 'short-link'
  | 'recruiter'
  | 'numeric-id'
  | 'not-a-person'
  | 'bad-handle';

export interface RefusedUrl {
  readonly kind: 'refused';
  readonly reason: ProfileUrlReason;
  /** For people; does not repeat the URL. */
  readonly message: string;
}

const messages: Readonly<Record<ProfileUrlReason, string>> = {
  empty: 'The profile URL is empty.',
  'not-a-url': 'This is not a web address.',
  'not-linkedin': 'This address is not on linkedin.com.',
  'short-link': 'Short links (lnkd.in) hide the profile; open it and copy the full address.',
  recruiter:
    'This address is for LinkedIn Recruiter only; open the profile and copy its public address.',
  'numeric-id':
    'This old form of address names nobody any more; open the profile and copy the full address.',
  'not-a-person':
    'This LinkedIn address is not a personal profile (/in/…, /pub/… or /sales/lead/…).',
  'bad-handle': 'The profile name in this address is damaged.',
};

const lengthMax = 2_048;
const handleLengthMax = 200;
const origin = 'https://www.linkedin.com';
// Classic (ACo, ADo), Sales Navigator (ACw) and its older sibling (ACr).
const memberPattern = /^(?:AC[orw]|ADo)[A-Za-z0-9_-]{8,}$/;
const recruiterPattern = /^AE[A-Za-z0-9_-]{20,}$/;
const hostPattern = /^(?:(?:www|m|mobile|[a-z]{2})\.)?linkedin\.com$/;
// Spreadsheets and chat programs leave these around a pasted address.
const wrapping = /^[\s\u200b-\u200f\u2060\ufeff<"']+|[\s\u200b-\u200f\u2060\ufeff>"']+$/g;
const badInHandle = /[\s\p{Cc}/\\?#%<>"@]/u;

/** Understands every spelling of a person's profile address, or says why not (F047). Pure. */
export function parseProfileUrl(text: string): ProfileUrl | RefusedUrl {
  const trimmed = text.replace(wrapping, '');
  if (trimmed === '') return refused('empty');
  const url = readUrl(trimmed);
  if (url === undefined) return refused('not-a-url');
  if (url.hostname === 'lnkd.in') return refused('short-link');
  if (!isLinkedIn(url)) return refused('not-linkedin');
  const parts = url.pathname.split('/').filter((part) => part !== '');
  return parsePath(parts[0] === 'mwlite' ? parts.slice(1) : parts);
}

/** One key per spelling of a person, for fingerprints: kind `handle` or `member`. */
export function personKey(url: ProfileUrl): { kind: 'handle' | 'member'; value: string } {
  if (url.kind === 'member') return { kind: 'member', value: url.memberId };
  if (url.kind === 'handle') return { kind: 'handle', value: url.handle };
  // A slash cannot occur in a handle, so the old form never collides with one.
  return { kind: 'handle', value: url.normalUrl.slice(origin.length + 1) };
}

/** The address of a person known by handle or by opaque id. */
export function profileUrlOf(name: { handle: string } | { memberId: string }): string {
  return 'handle' in name ? `${origin}/in/${name.handle}` : memberUrl(name.memberId).normalUrl;
}

function readUrl(text: string): URL | undefined {
  if (text.length > lengthMax || /\s/.test(text)) return undefined;
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `https://${text.replace(/^\/+/, '')}`;
  return /^https?:/i.test(absolute) && URL.canParse(absolute) ? new URL(absolute) : undefined;
}

function isLinkedIn(url: URL): boolean {
  return hostPattern.test(url.hostname) && url.port === '' && url.username === '';
}

function parsePath(parts: readonly string[]): ProfileUrl | RefusedUrl {
  const [first = '', second, third] = parts;
  const section = first.toLowerCase();
  if (section === 'in') return parseName(second);
  if (section === 'pub') return parsePublic(parts.slice(1));
  if (section === 'sales' && /^(?:lead|people)$/i.test(second ?? '')) return parseSales(third);
  return refused(reasonBySection.get(section) ?? 'not-a-person');
}

const reasonBySection: ReadonlyMap<string, ProfileUrlReason> = new Map([
  ['recruiter', 'recruiter'],
  ['talent', 'recruiter'],
  ['profile', 'numeric-id'],
]);

function parseName(part: string | undefined): ProfileUrl | RefusedUrl {
  if (part === undefined) return refused('not-a-person');
  const name = decode(part);
  if (name === undefined) return refused('bad-handle');
  if (memberPattern.test(name)) return memberUrl(name);
  // Recruiter ids are not interchangeable with the others when sending.
  if (recruiterPattern.test(name)) return refused('recruiter');
  const handle = name.toLowerCase();
  const normalUrl = `${origin}/in/${handle}`;
  return {
    kind: 'handle',
    handle,
    normalUrl,
    sendUrl: `${origin}/in/${encodeURIComponent(handle)}`,
  };
}

/** The three numbers are part of the name: without them the form is a newer `/pub/<handle>`. */
function parsePublic(parts: readonly string[]): ProfileUrl | RefusedUrl {
  const [name, ...numbers] = parts;
  if (name === undefined) return refused('not-a-person');
  const hex = numbers.slice(0, 3);
  if (hex.length < 3 || !hex.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return parseName(name);
  const handle = decode(name)?.toLowerCase();
  if (handle === undefined) return refused('bad-handle');
  const tail = hex.join('/').toLowerCase();
  return {
    kind: 'public',
    normalUrl: `${origin}/pub/${handle}/${tail}`,
    sendUrl: `${origin}/pub/${encodeURIComponent(handle)}/${tail}`,
  };
}

/** `/sales/lead/ACw…,NAME_SEARCH,x1y2`: what follows the comma is how it was found. */
function parseSales(part: string | undefined): ProfileUrl | RefusedUrl {
  const id = decode((part ?? '').split(/,|%2c/i)[0] ?? '');
  return id !== undefined && memberPattern.test(id) ? memberUrl(id) : refused('not-a-person');
}

function memberUrl(memberId: string): MemberUrl {
  const path = /^AC[rw]/.test(memberId) ? 'sales/lead' : 'in';
  const url = `${origin}/${path}/${memberId}`;
  return { kind: 'member', memberId, normalUrl: url, sendUrl: url };
}

function decode(part: string): string | undefined {
  try {
    const name = decodeURIComponent(part).normalize('NFC');
    const bad = name === '' || name.length > handleLengthMax || badInHandle.test(name);
    return bad ? undefined : name;
  } catch {
    return undefined;
  }
}

function refused(reason: ProfileUrlReason): RefusedUrl {
  return { kind: 'refused', reason, message: messages[reason] };
}
