import { dayMs, minuteMs, plus } from '@overture/kernel';
import { ago, answerTo, facts, message, now } from '../test/given.js';
import { companyFacts, verdict, type CompanyContact } from './index.js';

describe('A company', () => {
  const cap = { people: 2, days: 7 };
  const newLead = { ...message, firstTouch: true };
  const contactOf = (leadId: string, days: number) => ({ leadId, at: ago(days * dayMs) });
  const company = (...contacts: readonly CompanyContact[]) =>
    facts({ company: companyFacts(cap, contacts, { leadId: 'me', now }) });

  it('hears from a few people at a time, and from the next when one of them is long ago (F034)', () => {
    expect(answerTo(company(contactOf('ada', 5)), newLead)).toBe('go');
    const two = company(contactOf('ada', 5), contactOf('ben', 2));
    expect(answerTo(two, newLead)).toEqual(['company_cap', plus(now, 2 * dayMs + 15 * minuteMs)]);
    expect(answerTo(company(contactOf('ada', 8), contactOf('ben', 2)), newLead)).toBe('go');
  });

  it('counts people, not how often or by whom they were contacted (F034)', () => {
    const twice = company(contactOf('ada', 5), contactOf('ada', 1));
    expect(answerTo(twice, newLead)).toBe('go');
    const full = company(contactOf('ada', 5), contactOf('ben', 3), contactOf('ada', 1));
    expect(answerTo(full, newLead)).toEqual(['company_cap', plus(now, 4 * dayMs + 15 * minuteMs)]);
  });

  it('does not lose those it has begun to talk with (F034)', () => {
    const full = company(contactOf('ada', 5), contactOf('ben', 2));
    expect(answerTo(full)).toBe('go');
    const known = company(contactOf('ada', 5), contactOf('ben', 2), contactOf('me', 1));
    expect(answerTo(known, newLead)).toBe('go');
  });

  it('says how many and in how many days (F034)', () => {
    const answer = verdict(newLead, company(contactOf('ada', 5), contactOf('ben', 2)), now);
    const inputs = { people: 2, cap: 2, days: 7, contacted: false };
    expect(answer.rules.at(-1)).toMatchObject({ rule: 'company_cap', passed: false, inputs });
  });
});
