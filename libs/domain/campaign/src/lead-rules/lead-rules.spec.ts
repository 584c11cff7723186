import { instant } from '@overture/kernel';
import { specification } from '@overture/testing/decider';
import { effectiveRules, leadRules, leadRulesDefault, type LeadRules } from './lead-rules.js';

const { given } = specification(leadRules);
const at = instant('2026-03-02T09:00:00Z');

const set = (rules: Partial<LeadRules>, campaignId = 'c-1') => {
  return { type: 'SetLeadRules', data: { campaignId, rules, at } } as const;
};
const wereSet = (rules: Partial<LeadRules>, campaignId = 'c-1') => {
  return { type: 'LeadRulesSet', data: { campaignId, ...rules, at } } as const;
};

describe('The rules of who may be contacted', () => {
  it('are set as a whole, and once (F052, F057)', () => {
    given()
      .when(set({ exclusive: false }))
      .then(wereSet({ exclusive: false }));
    given(wereSet({ exclusive: false }))
      .when(set({ exclusive: false }))
      .thenNothing();
    given(wereSet({ exclusive: false }))
      .when(set({ skipNeverAnswered: true }))
      .then(wereSet({ skipNeverAnswered: true }));
  });

  it.each([-1, 366, 1.5, Number.NaN])('refuse a cooldown of %s days (S4-20)', (cooldownDays) =>
    given().when(set({ cooldownDays })).thenRefused('input/invalid'),
  );

  it('of a campaign come before those of the workspace, and those before what always holds', () => {
    expect(effectiveRules({}, {})).toEqual(leadRulesDefault);
    expect(effectiveRules({ cooldownDays: 7, exclusive: false }, { exclusive: true })).toEqual({
      ...leadRulesDefault,
      cooldownDays: 7,
    });
  });

  it('contact nobody twice where the workspace says so, whatever a campaign says (P18)', () => {
    const { contactOnce } = effectiveRules({ contactOnce: true }, { contactOnce: false });
    expect(contactOnce).toBe(true);
  });

  it('keep two campaigns off one person, and wait three days after a talk, unless told otherwise', () =>
    expect(leadRulesDefault).toEqual({
      exclusive: true,
      contactOnce: false,
      skipNeverAnswered: false,
      cooldownDays: 3,
    }));
});
