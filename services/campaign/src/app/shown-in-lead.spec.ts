import { shownInLead } from './shown-in-lead.js';

const profile = {
  jobTitle: ' Head  of Sales ',
  companyName: 'Vale & Co',
  linkedinUrl: 'https://www.linkedin.com/in/ada-vale',
};
const at = (linkedinUrl: string) => ({ linkedinUrl });

describe('What a profile says of a lead (F050)', () => {
  it('is the job title and the company, tidied', () =>
    expect(shownInLead(at('linkedin.com/in/ada-vale/'), profile)).toEqual({
      title: 'Head of Sales',
      companyName: 'Vale & Co',
    }));

  it('is nothing where it shows nothing, or what no lead could hold', () =>
    expect(
      shownInLead(at('linkedin.com/in/ada-vale'), {
        ...profile,
        jobTitle: '',
        companyName: 'x'.repeat(2_001),
      }),
    ).toEqual({}));

  it.each([
    ['linkedin.com/in/ada-old', 'https://www.linkedin.com/in/ada-vale'],
    ['https://de.linkedin.com/in/Ada-Vale?x=1', undefined],
    ['https://www.linkedin.com/in/ACoAAADA1234567', undefined],
  ])('is the address of today for the lead at %s, unless that one is for ever', (known, now) =>
    expect(shownInLead(at(known), profile).linkedinUrl).toBe(now),
  );

  it('is no address when it is shown under none', () =>
    expect(shownInLead(at('linkedin.com/in/ada-old'), { ...profile, linkedinUrl: '' })).toEqual({
      title: 'Head of Sales',
      companyName: 'Vale & Co',
    }));
});
