import { parsePostUrl } from './post-url.js';

describe('The address of what is to be commented (S3-26)', () => {
  it.each([
    ['https://www.linkedin.com/posts/ada-vale_x-activity-7123456789-AbCd', 'post', '7123456789'],
    ['linkedin.com/feed/update/urn:li:activity:7123456789/', 'post', '7123456789'],
    ['https://fr.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7123456789', 'post', '7123456789'],
    [
      'https://www.linkedin.com/feed/update/urn:li:activity:7123456789?commentUrn=x',
      'comment',
      '7123456789',
    ],
    ['https://www.linkedin.com/posts/ada-vale-hello', 'post', undefined],
    ['https://www.linkedin.com/pulse/an-article', 'other', undefined],
    ['https://www.linkedin.com/company/acme', 'other', undefined],
    ['https://www.linkedin.com/feed/', 'other', undefined],
  ])('%s is a %s', (text, kind, activityId) => {
    const url = parsePostUrl(text);
    expect(url.kind).toBe(kind);
    expect('activityId' in url ? url.activityId : undefined).toBe(activityId);
  });

  it.each([
    '',
    'a post',
    'https://example.com/posts/x',
    'https://linkedin.com.evil.test/posts/x',
    'ftp://www.linkedin.com/posts/x',
    'https://user@www.linkedin.com/posts/x',
    'https://www.linkedin.com/posts/%E0%A4%A',
  ])('"%s" is refused', (text) => expect(parsePostUrl(text).kind).toBe('refused'));
});
