// As the vendor's documents write them, and independent of our own parser, so that a fault of ours shows here.
const forms: Readonly<Record<string, RegExp>> = {
  'linkedin-search-people':
    /^https:\/\/(?:(?:www|[a-z]{2})\.)?linkedin\.com\/search\/results\/(?:people|PEOPLE)\/\?\S+/,
  'salesnavigator-search-people':
    /^https:\/\/(?:(?:www|[a-z]{2})\.)?linkedin\.com\/sales\/search\/people.+/,
};

/** What an address searches for, or nothing when Edges refuses it. */
export function criteriaIn(action: string, address: unknown): string | undefined {
  if (typeof address !== 'string' || !forms[action]?.test(address)) return undefined;
  return new URL(address).search;
}
