import { parsePeopleSearchUrl } from './search-url.js';

describe('The address of a people search (F051, S4-11)', () => {
  it.each([
    [
      'https://www.linkedin.com/search/results/people/?keywords=head%20of%20sales&origin=FACETED_SEARCH&sid=abc&page=4',
      'linkedin',
      'https://www.linkedin.com/search/results/people/?keywords=head%20of%20sales',
      'head of sales',
    ],
    [
      'https://de.linkedin.com/search/results/people?geoUrn=%5B%22103035651%22%5D#top',
      'linkedin',
      'https://www.linkedin.com/search/results/people/?geoUrn=%5B%22103035651%22%5D',
      '',
    ],
    [
      'https://www.linkedin.com/search/results/PEOPLE/?keywords=a+b&Page=2',
      'linkedin',
      'https://www.linkedin.com/search/results/people/?keywords=a+b',
      'a b',
    ],
    [
      'https://www.linkedin.com/sales/search/people?query=(filters%3AList((type%3AREGION)))&sessionId=x%3D%3D&viewAllFilters=true',
      'sales_navigator',
      'https://www.linkedin.com/sales/search/people?query=(filters%3AList((type%3AREGION)))',
      '',
    ],
    [
      'https://linkedin.com/sales/search/people?query=(keywords%3A%2522CEO%2522)&savedSearchId=12',
      'sales_navigator',
      'https://www.linkedin.com/sales/search/people?query=(keywords%3A%2522CEO%2522)&savedSearchId=12',
      '',
    ],
  ])('%s', (text, place, sendUrl, words) => {
    expect(parsePeopleSearchUrl(text)).toEqual({ kind: 'search', place, sendUrl, words });
  });

  it.each([
    ['', 'empty'],
    ['head of sales', 'not a web address'],
    ['http://www.linkedin.com/search/results/people/?keywords=x', 'https'],
    ['www.linkedin.com/search/results/people/?keywords=x', 'not a web address'],
    ['https://linkedin.com.evil.test/search/results/people/?keywords=x', 'not on linkedin.com'],
    ['https://user:pass@www.linkedin.com/search/results/people/?keywords=x', 'not on linkedin.com'],
    ['https://www.linkedin.com:8443/search/results/people/?keywords=x', 'not on linkedin.com'],
    ['https://m.linkedin.com/search/results/people/?keywords=x', 'not on linkedin.com'],
    ['https://www.linkedin.com/search/results/companies/?keywords=x', 'no people search'],
    ['https://www.linkedin.com/search/results/people/../../in/ada?keywords=x', 'no people search'],
    ['https://www.linkedin.com/in/ada-vale', 'no people search'],
    ['https://www.linkedin.com/search/results/people/', 'neither words nor filters'],
    ['https://www.linkedin.com/search/results/people/?keywords=&page=2', 'neither words'],
    ['https://www.linkedin.com/search/results/people/?keywords=x\u0000', 'not a web address'],
  ])('"%s" is refused', (text, why) => {
    expect(messageFor(text)).toContain(why);
  });

  it('is refused when it is longer than any search', () => {
    const base = 'https://www.linkedin.com/search/results/people/?keywords=';
    expect(messageFor(base + 'x'.repeat(4_000))).toContain('too long');
  });
});

function messageFor(text: string): string {
  const url = parsePeopleSearchUrl(text);
  return url.kind === 'refused' ? url.message : '';
}
