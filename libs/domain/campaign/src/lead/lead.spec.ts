import { instant } from '@overture/kernel';
import { specification } from '@overture/testing/decider';
import type { LeadEvent } from './events.js';
import { lead, type LeadCommand } from './lead.js';

const { given } = specification(lead);
const at = instant('2026-03-02T09:00:00Z');
const leadId = 'lead-2';

const mergeInto = (duplicateOf: string): LeadCommand => {
  return { type: 'MergeLead', data: { leadId, duplicateOf, witness: 'provider', at } };
};
const separate: LeadCommand = {
  type: 'SeparateLead',
  data: { leadId, others: ['lead-1', 'lead-3'], reason: 'namesakes', by: 'key:1', at },
};
const merged = (duplicateOf: string): LeadEvent => {
  return { type: 'LeadMerged', data: { leadId, duplicateOf, witness: 'provider', at } };
};
const separated: LeadEvent = {
  type: 'LeadSeparated',
  data: {
    leadId,
    separatedFrom: ['lead-1', 'lead-3'],
    reason: 'namesakes',
    by: 'key:1',
    at,
  },
};

describe('A lead who proves to be another one', () => {
  it('becomes the duplicate of the older, once (F047, P18)', () => {
    given().when(mergeInto('lead-1')).then(merged('lead-1'));
    given(merged('lead-1')).when(mergeInto('lead-1')).thenNothing();
  });

  it('follows the older one when that proves to be a third', () =>
    given(merged('lead-1')).when(mergeInto('lead-0')).then(merged('lead-0')));

  it('is never the duplicate of itself', () => given().when(mergeInto(leadId)).thenNothing());

  it('is separated when it was somebody else after all, from all it was taken for (M14)', () => {
    given(merged('lead-1')).when(separate).then(separated);
    given(merged('lead-1'), separated).when(separate).thenNothing();
  });

  it('is not merged again with whom a person has told it apart (M14)', () => {
    given(merged('lead-1'), separated).when(mergeInto('lead-3')).thenNothing();
    given(merged('lead-1'), separated).when(mergeInto('lead-9')).then(merged('lead-9'));
  });

  it('cannot be separated when it was never merged', () =>
    given().when(separate).thenRefused('lead/not-merged'));
});

describe('A change of a lead', () => {
  it('says which fields, never what they hold (F049, P11)', () =>
    given()
      .when({ type: 'ChangeLead', data: { leadId, fields: ['title'], at } })
      .then({ type: 'LeadChanged', data: { leadId, fields: ['title'], at } }));

  it('of nothing is none', () =>
    given()
      .when({ type: 'ChangeLead', data: { leadId, fields: [], at } })
      .thenNothing());
});

describe('What is read from a profile', () => {
  const fields = ['title', 'companyName'];
  const changed = (...names: string[]): LeadEvent => {
    return { type: 'LeadChanged', data: { leadId, fields: names, at } };
  };
  const read = { leadId, identityId: 'identity-1', at };
  const enrich: LeadCommand = { type: 'EnrichLead', data: { ...read, fields } };
  const enriched = (...names: string[]): LeadEvent => {
    return { type: 'LeadEnriched', data: { ...read, fields: names } };
  };

  it('renews what nobody wrote by hand, also a second time (F050)', () => {
    given()
      .when(enrich)
      .then(enriched(...fields));
    given(enriched(...fields))
      .when(enrich)
      .then(enriched(...fields));
  });

  it('never overwrites a field that somebody wrote by hand, before or after (F050)', () => {
    given(changed('title')).when(enrich).then(enriched('companyName'));
    given(enriched(...fields), changed('title'), changed('companyName'))
      .when(enrich)
      .then(enriched());
  });

  it('is a fact, too, when there was nothing to read (F050, S4-33)', () => {
    const data = { ...read, reason: 'not_accessible' };
    given().when({ type: 'MissProfile', data }).then({ type: 'LeadNotEnriched', data });
  });
});
