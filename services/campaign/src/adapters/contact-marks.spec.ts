import { domainOf, domainsAbove, emailOf } from './contact-marks.js';

describe('The domain of', () => {
  it.each([
    ['acme.com', 'acme.com'],
    ['  ACME.Com. ', 'acme.com'],
    ['https://www.acme.com/about?x=1#y', 'acme.com'],
    ['http://user:secret@acme.com:8443/', 'acme.com'],
    ['ada@mail.acme.com', 'mail.acme.com'],
    ['@acme.com', 'acme.com'],
    ['*.acme.com', 'acme.com'],
    ['www.acme.co.uk', 'acme.co.uk'],
    ['münchen.de', 'xn--mnchen-3ya.de'],
    ['ａｃｍｅ．com', 'acme.com'],
    ['www.de', 'www.de'],
  ])('"%s" is %s (F054, P17)', (text, domain) => expect(domainOf(text)).toBe(domain));

  it.each([
    '',
    'com',
    'localhost',
    '10.0.0.1',
    'acme',
    'acme..com',
    '-acme.com',
    'a b.com',
    'acme.com\0',
    "'; drop table leads; --",
    '%%.com',
    '(select 1).com',
    `${'a'.repeat(64)}.com`,
    `${'a.'.repeat(130)}com`,
  ])('"%s" is none', (text) => expect(domainOf(text)).toBe(''));
});

it('A domain is listed with everything below it, never with everything of a registry (P17)', () => {
  expect(domainsAbove('eu.mail.acme.com')).toEqual([
    'eu.mail.acme.com',
    'mail.acme.com',
    'acme.com',
  ]);
  expect(domainsAbove('shop.acme.co.uk')).toEqual(['shop.acme.co.uk', 'acme.co.uk']);
  expect(domainsAbove('notacme.com')).toEqual(['notacme.com']);
});

describe('The e-mail address', () => {
  it.each([
    ['Ada.Vale+news@ACME.com', 'ada.vale@acme.com'],
    ['mailto:ada@acme.com', 'ada@acme.com'],
    ['ada@münchen.de', 'ada@xn--mnchen-3ya.de'],
  ])('"%s" is %s (F054)', (text, email) => expect(emailOf(text)).toBe(email));

  it.each([
    '',
    'ada',
    '@acme.com',
    'ada@',
    'ada@acme',
    'a b@acme.com',
    'ada@acme.com/x',
    '+x@a.de',
  ])('"%s" is none', (text) => expect(emailOf(text)).toBe(''));
});
