import { KeyedNames } from './keyed-names.js';

const names = new KeyedNames('key');

describe('The fingerprint of a company', () => {
  it.each([
    ['Acme GmbH', 'ACME'],
    ['Acme, Inc.', 'acme'],
    ['  Acme   Works ', 'acme works'],
    ['Ａcme', 'Acme'],
    ['Acme GmbH & Co. KG', 'Acme'],
    ['Vale & Co.', 'Vale & Co Ltd'],
  ])('of "%s" is that of "%s" (P17)', (one, other) => {
    expect(names.company('tenant', one)).toBe(names.company('tenant', other));
  });

  it.each(['', '  ', ', .'])('of "%s" is nobody’s', (name) => {
    expect(names.company('tenant', name)).toBe('');
  });

  it('where a lead works is by its name, else by its website (F034)', () => {
    const of = (companyName: string, companyWebsite: string) =>
      names.employer('tenant', { companyName, companyWebsite });
    expect(of('Acme Inc.', 'https://acme.example')).toBe(names.company('tenant', 'Acme'));
    expect(of('', 'https://www.acme.example/team')).toBe(of(' ', 'acme.example'));
    expect(of('', 'acme.example')).not.toBe(of('', 'other.example'));
    expect(of('', 'somewhere')).toBe('');
  });

  it('keeps companies, workspaces and people apart', () => {
    const acme = names.company('tenant', 'Acme');
    expect(names.company('tenant', 'Acme Works')).not.toBe(acme);
    expect(names.company('other', 'Acme')).not.toBe(acme);
    expect(names.read('tenant', 'linkedin.com/in/acme')).not.toMatchObject({ fingerprint: acme });
  });
});

describe('What is at hand', () => {
  it('is the same as what is made anew, also when there was too much of it', () => {
    const one = new KeyedNames('key');
    const first = ['Acme', 'Borealis'].map((name) => one.company('tenant', name));
    for (let n = 0; n < 20_001; n++) one.company('tenant', `Works ${n}`);
    expect(['Acme', 'Borealis'].map((name) => one.company('tenant', name))).toEqual(first);
    expect(new KeyedNames('key').company('tenant', 'Acme')).toBe(first[0]);
    expect(new KeyedNames('other').company('tenant', 'Acme')).not.toBe(first[0]);
  });
});

describe('A profile address', () => {
  it('has one fingerprint in all its spellings, and an address to send to (F047)', () => {
    const plain = names.read('tenant', 'https://www.linkedin.com/in/ada-vale');
    expect(names.read('tenant', 'HTTP://de.linkedin.com/in/Ada-Vale/?x#y')).toEqual(plain);
    expect(plain).toMatchObject({ sendUrl: 'https://www.linkedin.com/in/ada-vale' });
  });

  it('of nobody says why, without repeating it', () => {
    const refused = names.read('tenant', 'https://evil.example/in/ada');
    expect(refused).toEqual({ problem: 'linkedin_url: This address is not on linkedin.com.' });
  });
});

describe('By what a segment finds somebody (F048, S2-55)', () => {
  const lead = (title: string, industry = '') => ({ title, customFields: { industry } });

  it('are the words of the title, in any order, capitals and punctuation', () => {
    const words = names.words('tenant', lead('VP, Sales & Sales Operations'));
    expect(words).toHaveLength(3);
    expect(words).toEqual(expect.arrayContaining(names.titleWords('tenant', 'operations / ｖｐ')));
  });

  it('is the industry as a whole, never a word of a title', () => {
    const words = names.words('tenant', lead('', 'Health  Care'));
    expect(words).toEqual([names.industry('tenant', 'health care')]);
    expect(words).not.toEqual(names.titleWords('tenant', 'health care'));
    expect(names.industry('tenant', ' - ')).toBe('');
  });

  it('tells nothing of another workspace, and is no sentence', () => {
    expect(names.titleWords('one', 'CTO')).not.toEqual(names.titleWords('other', 'CTO'));
    const sentence = Array.from({ length: 100 }, (_, index) => `word${index}`).join(' ');
    expect(names.titleWords('tenant', sentence)).toHaveLength(20);
  });
});
