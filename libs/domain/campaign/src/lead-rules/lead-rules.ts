import { InvalidInputError, type Decider, type Instant } from '@overture/kernel';

// These names and shapes are stored: add to them; never rename, never reuse.
export const leadRulesCategory = 'rules';

/** Who may be contacted. */
export interface LeadRules {
  /** Nobody is worked by this campaign and another one at the same time (I9, P18). */
  readonly exclusive: boolean;
  /** Whoever was in any other campaign of the workspace, also one that is over, is not contacted again (F052). */
  readonly contactOnce: boolean;
  /** Whoever was written to before and never answered is not contacted again (F057). */
  readonly skipNeverAnswered: boolean;
  /** How long after the last talk nothing is sent (S4-20, F089). */
  readonly cooldownDays: number;
}

export const leadRulesDefault: LeadRules = {
  exclusive: true,
  contactOnce: false,
  skipNeverAnswered: false,
  cooldownDays: 3,
};

export interface LeadRulesSet {
  type: 'LeadRulesSet';
  data: Partial<LeadRules> & {
    /** Empty: the rules of the workspace. */
    campaignId: string;
    at: Instant;
  };
}

export interface SetLeadRules {
  type: 'SetLeadRules';
  data: { campaignId: string; rules: Partial<LeadRules>; at: Instant };
}

const cooldownDaysMax = 365;

/** The rules that were set for a campaign or for a workspace; what was not set holds as it is above. */
export const leadRules: Decider<Partial<LeadRules>, SetLeadRules, LeadRulesSet> = {
  initialState: {},
  decide: setLeadRules,
  evolve: (_, { data: { campaignId: _campaign, at: _at, ...rules } }) => rules,
};

/** One stream for each campaign, one for the workspace. */
export function leadRulesStream(tenantId: string, campaignId: string): string {
  return `${leadRulesCategory}-${campaignId || tenantId}`;
}

/** What holds for a campaign: its own word, else the workspace's, else what always holds. */
export function effectiveRules(
  ofWorkspace: Partial<LeadRules>,
  ofCampaign: Partial<LeadRules>,
): LeadRules {
  const rules = { ...leadRulesDefault, ...ofWorkspace, ...ofCampaign };
  // That nobody is contacted twice is not for a campaign to take back (P18).
  return { ...rules, contactOnce: rules.contactOnce || ofWorkspace.contactOnce === true };
}

function setLeadRules({ data }: SetLeadRules, state: Partial<LeadRules>): LeadRulesSet[] {
  const { campaignId, rules, at } = data;
  const { cooldownDays = 0 } = rules;
  if (!Number.isInteger(cooldownDays) || cooldownDays < 0 || cooldownDays > cooldownDaysMax) {
    const message = `Expected whole days from 0 to ${cooldownDaysMax}.`;
    throw new InvalidInputError([{ path: '/cooldownDays', message }]);
  }
  if (same(rules, state)) return [];
  return [{ type: 'LeadRulesSet', data: { campaignId, ...rules, at } }];
}

function same(a: Partial<LeadRules>, b: Partial<LeadRules>): boolean {
  return (Object.keys(leadRulesDefault) as (keyof LeadRules)[]).every((key) => a[key] === b[key]);
}
