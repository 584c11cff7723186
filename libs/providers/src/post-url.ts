/** Where a comment goes, by its address. */
export type PostUrl =
  /** A post, or a comment to answer; `activityId` is the same in every spelling. */
  | { readonly kind: 'post' | 'comment'; readonly sendUrl: string; readonly activityId?: string }
  /** On LinkedIn, but no post by its address: an article, a page, a profile. */
  | { readonly kind: 'other'; readonly sendUrl: string }
  | { readonly kind: 'refused'; readonly message: string };

const hostPattern = /^(?:(?:www|[a-z]{2})\.)?linkedin\.com$/;
const activityPattern = /(?:activity|ugcpost|share)[:-](\d{6,})/i;

/** Understands the address of what is to be commented: anything on linkedin.com (S3-26). Pure. */
export function parsePostUrl(text: string): PostUrl {
  const url = readUrl(text.trim());
  if (url === undefined) return { kind: 'refused', message: 'This is not a web address.' };
  if (!isLinkedIn(url)) {
    return { kind: 'refused', message: 'This address is not on linkedin.com.' };
  }
  return onLinkedIn(url);
}

function onLinkedIn(url: URL): PostUrl {
  url.protocol = 'https:';
  url.hash = '';
  const sendUrl = url.toString();
  const [section, second] = url.pathname.split('/').filter((part) => part !== '');
  const isPost = (section === 'posts' || section === 'feed') && second !== undefined;
  if (!isPost) return { kind: 'other', sendUrl };
  const kind = url.searchParams.has('commentUrn') ? 'comment' : 'post';
  const [, activityId] = activityPattern.exec(decodeURIComponent(url.pathname)) ?? [];
  return activityId === undefined ? { kind, sendUrl } : { kind, sendUrl, activityId };
}

function isLinkedIn(url: URL): boolean {
  return hostPattern.test(url.hostname) && url.port === '' && url.username === '';
}

function readUrl(text: string): URL | undefined {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const readable = text !== '' && !/\s/.test(text) && /^https?:/i.test(absolute);
  if (!readable || !URL.canParse(absolute)) return undefined;
  const url = new URL(absolute);
  return isDecodable(url.pathname) ? url : undefined;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
