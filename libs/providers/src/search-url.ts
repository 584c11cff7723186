/** Where people are searched: on LinkedIn itself, or in Sales Navigator, which is another product with other filters. */
export type SearchPlace = 'linkedin' | 'sales_navigator';

export type PeopleSearchUrl =
  | {
      readonly kind: 'search';
      readonly place: SearchPlace;
      /** Safe to hand to a provider: https, `www`, from the first page on, without what names our own session. */
      readonly sendUrl: string;
      /** What was searched for, where the address says it in words; empty: only filters. */
      readonly words: string;
    }
  | { readonly kind: 'refused'; readonly message: string };

const lengthMax = 4_000;
const hostPattern = /^(?:(?:www|[a-z]{2})\.)?linkedin\.com$/;
const places: ReadonlyMap<string, SearchPlace> = new Map([
  ['search/results/people', 'linkedin'],
  ['sales/search/people', 'sales_navigator'],
]);
/** Say how somebody came to the page and how far they had turned, not whom they look for. */
const notCriteria: ReadonlySet<string> = new Set(
  'page sid sessionid origin lipi trk trackingid searchid spellcorrectionenabled viewallfilters _ntb'.split(
    ' ',
  ),
);

/** Understands the address of a people search as a browser shows it, or says why it is none (F051). Pure. */
export function parsePeopleSearchUrl(text: string): PeopleSearchUrl {
  const trimmed = text.trim();
  if (trimmed === '') return refused('The address of the search is empty.');
  if (trimmed.length > lengthMax) return refused('This address is too long for a search.');
  const readable = !/[\s\p{Cc}<>"\\]/u.test(trimmed) && URL.canParse(trimmed);
  return readable ? ofAddress(new URL(trimmed)) : refused('This is not a web address.');
}

function ofAddress(url: URL): PeopleSearchUrl {
  if (url.protocol !== 'https:') return refused('The address must begin with https://.');
  if (!isLinkedIn(url)) return refused('This address is not on linkedin.com.');
  return onLinkedIn(url);
}

function isLinkedIn({ hostname, port, username, password }: URL): boolean {
  return hostPattern.test(hostname) && port + username + password === '';
}

function onLinkedIn({ pathname, search }: URL): PeopleSearchUrl {
  const path = pathname.replace(/^\/|\/$/g, '').toLowerCase();
  const place = places.get(path);
  if (place === undefined) {
    return refused('This is no people search (/search/results/people or /sales/search/people).');
  }
  // Sales Navigator encodes twice: what stands in the address is passed on as it stands, never decoded and written anew.
  const criteria = search
    .slice(1)
    .split('&')
    .filter((part) => part.includes('=') && !notCriteria.has(nameOf(part)));
  if (criteria.every((part) => part.endsWith('='))) {
    return refused('The search has neither words nor filters.');
  }
  const slash = place === 'linkedin' ? '/' : '';
  const sendUrl = `https://www.linkedin.com/${path}${slash}?${criteria.join('&')}`;
  return { kind: 'search', place, sendUrl, words: wordsIn(criteria) };
}

function nameOf(part: string): string {
  return part.slice(0, part.indexOf('=')).toLowerCase();
}

function wordsIn(criteria: readonly string[]): string {
  const part = criteria.find((each) => nameOf(each) === 'keywords') ?? '';
  return (new URLSearchParams(part).get('keywords') ?? '').replace(/\s+/g, ' ').trim();
}

function refused(message: string): PeopleSearchUrl {
  return { kind: 'refused', message };
}
