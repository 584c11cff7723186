import { parseProfileUrl, personKey, profileUrlOf } from './profile-url.js';

const www = 'https://www.linkedin.com';
const classicId = 'ACoAAB12cdEFgh34IJklMN56opQRst78UVwxYZ0';
const salesId = 'ACwAAB12cdEFgh34IJklMN56opQRst78UVwxYZ0';

describe('A profile URL (F047)', () => {
  it.each([
    [`${www}/in/ada-vale`, 'ada-vale'],
    ['https://linkedin.com/in/ada-vale', 'ada-vale'],
    ['https://fr.linkedin.com/in/ada-vale', 'ada-vale'],
    ['http://www.linkedin.com/in/ada-vale', 'ada-vale'],
    ['https://m.linkedin.com/in/ada-vale', 'ada-vale'],
    ['https://www.linkedin.com/mwlite/in/ada-vale', 'ada-vale'],
    ['www.linkedin.com/in/ada-vale', 'ada-vale'],
    ['linkedin.com/in/ada-vale', 'ada-vale'],
    ['//www.linkedin.com/in/ada-vale', 'ada-vale'],
    ['HTTPS://WWW.LinkedIn.COM/in/ada-vale', 'ada-vale'],
    [`${www}/in/ada-vale/`, 'ada-vale'],
    [`${www}/in/ada-vale/?miniProfileUrn=urn%3Ali%3Afs#about`, 'ada-vale'],
    [`${www}/in/ada-vale/fr`, 'ada-vale'],
    [`${www}/in/ada-vale/?locale=de_DE`, 'ada-vale'],
    [`${www}/in/ada-vale/overlay/contact-info/`, 'ada-vale'],
    [`${www}/in/Ada-VALE`, 'ada-vale'],
    [`${www}/in/j%C3%BCrgen-vale`, 'jürgen-vale'],
    [`${www}/in/J%C3%9CRGEN-vale`, 'jürgen-vale'],
    [`${www}/in/jürgen-vale`, 'jürgen-vale'],
    [`${www}/in/ju%CC%88rgen-vale`, 'jürgen-vale'],
    [`${www}/pub/ada-vale`, 'ada-vale'],
    [`  ${www}/in/ada-vale\u200b `, 'ada-vale'],
    [`<${www}/in/ada-vale>`, 'ada-vale'],
    [`"${www}/in/ada-vale"`, 'ada-vale'],
  ])('%s names the handle %s', (text, handle) => {
    expect(parseProfileUrl(text)).toMatchObject({
      kind: 'handle',
      handle,
      normalUrl: `${www}/in/${handle}`,
    });
  });

  it.each([
    [`${www}/in/${classicId}`, classicId, `${www}/in/${classicId}`],
    [`${www}/in/${classicId}/?x=1`, classicId, `${www}/in/${classicId}`],
    [`${www}/sales/lead/${salesId}`, salesId, `${www}/sales/lead/${salesId}`],
    [`${www}/sales/people/${salesId},NAME_SEARCH,Ab1c`, salesId, `${www}/sales/lead/${salesId}`],
    [`${www}/sales/lead/${salesId}%2CNAME_SEARCH`, salesId, `${www}/sales/lead/${salesId}`],
    [`${www}/in/${salesId}`, salesId, `${www}/sales/lead/${salesId}`],
  ])('%s names the member %s', (text, memberId, normalUrl) => {
    expect(parseProfileUrl(text)).toMatchObject({
      kind: 'member',
      memberId,
      normalUrl,
      sendUrl: normalUrl,
    });
  });

  it('keeps the old public form, which gives neither handle nor id', () => {
    const url = parseProfileUrl(`${www}/pub/Ada-Vale/1/2B/3c4/en`);
    expect(url).toEqual({
      kind: 'public',
      normalUrl: `${www}/pub/ada-vale/1/2b/3c4`,
      sendUrl: `${www}/pub/ada-vale/1/2b/3c4`,
    });
  });

  it('is percent-encoded when sent', () => {
    expect(parseProfileUrl(`${www}/in/jürgen-vale`)).toMatchObject({
      sendUrl: `${www}/in/j%C3%BCrgen-vale`,
    });
  });

  it.each([
    ['', 'empty'],
    ['  \ufeff', 'empty'],
    ['not a link', 'not-a-url'],
    ['javascript://www.linkedin.com/in/ada-vale', 'not-a-url'],
    [`${www}/in/${'a'.repeat(3_000)}`, 'not-a-url'],
    ['https://example.com/in/ada-vale', 'not-linkedin'],
    ['https://linkedin.com.example.com/in/ada-vale', 'not-linkedin'],
    ['https://evil-linkedin.com/in/ada-vale', 'not-linkedin'],
    ['https://www.linkedin.com@example.com/in/ada-vale', 'not-linkedin'],
    ['https://me:secret@www.linkedin.com/in/ada-vale', 'not-linkedin'],
    ['https://www.linkedin.com:8443/in/ada-vale', 'not-linkedin'],
    ['ada-vale', 'not-linkedin'],
    ['https://lnkd.in/dAbC', 'short-link'],
    [`${www}/company/vale`, 'not-a-person'],
    [`${www}/in/`, 'not-a-person'],
    [`${www}/`, 'not-a-person'],
    [`${www}/sales/lead/nobody`, 'not-a-person'],
    [`${www}/sales/company/123`, 'not-a-person'],
    [`${www}/talent/profile/AEMAAB12cdEFgh34IJklMN56opQRst78`, 'recruiter'],
    [`${www}/recruiter/profile/12345`, 'recruiter'],
    [`${www}/in/AEMAAB12cdEFgh34IJklMN56opQRst78`, 'recruiter'],
    [`${www}/profile/view?id=40123`, 'numeric-id'],
    [`${www}/in/%E0%A4%A`, 'bad-handle'],
    [`${www}/in/ada%2Fvale`, 'bad-handle'],
    [`${www}/in/ada%20vale`, 'bad-handle'],
    [`${www}/in/${'a'.repeat(300)}`, 'bad-handle'],
  ])('%s is refused: %s', (text, reason) => {
    const refused = parseProfileUrl(text);
    expect(refused).toMatchObject({ kind: 'refused', reason });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });

  it('stands for itself when it is parsed again', () => {
    for (const text of [
      `${www}/in/J%C3%BCrgen`,
      `${www}/sales/lead/${salesId}`,
      `${www}/pub/a-b/1/2/3`,
    ]) {
      const url = parseProfileUrl(text);
      if (url.kind === 'refused') throw new Error(url.message);
      expect(parseProfileUrl(url.normalUrl)).toEqual(url);
      expect(parseProfileUrl(url.sendUrl)).toEqual(url);
    }
  });

  it('gives one key per person for fingerprints', () => {
    const key = (text: string) => {
      const url = parseProfileUrl(text);
      return url.kind === 'refused' ? undefined : personKey(url);
    };
    expect(key('https://de.linkedin.com/in/Ada-Vale/')).toEqual({
      kind: 'handle',
      value: 'ada-vale',
    });
    expect(key(`${www}/in/${classicId}`)).toEqual({ kind: 'member', value: classicId });
    expect(key(`${www}/pub/ada/1/2/3`)).toEqual({ kind: 'handle', value: 'pub/ada/1/2/3' });
  });

  it('can be made from a handle or an id', () => {
    expect(profileUrlOf({ handle: 'ada-vale' })).toBe(`${www}/in/ada-vale`);
    expect(profileUrlOf({ memberId: salesId })).toBe(`${www}/sales/lead/${salesId}`);
  });
});
