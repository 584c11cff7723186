import { isZone } from '@overture/policy';
import { isCleanLine } from './input.js';
import type { NewLead } from './lead-details.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { Standing } from './tables.js';

/** Somebody who may become a lead: what a file or a caller says of them. */
export interface ToJudge {
  readonly lead: NewLead;
  /** Set when the row could not be read at all. */
  readonly problem: string;
}

export type Judgement =
  | { readonly verdict: 'rejected'; readonly reason: string }
  | { readonly verdict: 'duplicate'; readonly reason: string; readonly leadId: string }
  | {
      readonly verdict: 'importable';
      readonly fingerprint: string;
      readonly company: string;
      /** Set when the person is a lead of the workspace already. */
      readonly leadId: string;
    };

interface Named {
  readonly fingerprint: string;
  readonly company: string;
}

const limits = { textLengthMax: 2_000, customFieldsMax: 50, keyLengthMax: 100 } as const;

/** Whom a row names, or why it names nobody. */
export type Read = Named | string;

/** Reads rows on their own: what they say, not whom the workspace knows. Needs no transaction. */
export function readLeads(
  ports: Pick<Ports, 'names'>,
  tenantId: string,
  rows: readonly ToJudge[],
): Read[] {
  return rows.map((row) => readOne(ports, tenantId, row));
}

/**
 * Says of each row, in order, whether it can become a lead of the workspace (and of the campaign, unless that is empty),
 * and if not why. Asks once what the workspace knows of all of them. Names nobody in its reasons.
 */
export async function judgeLeads(
  ports: Pick<Ports, 'leads' | 'rules'>,
  scope: Scope,
  campaignId: string,
  read: readonly Read[],
): Promise<Judgement[]> {
  const people = read.filter((each): each is Named => typeof each !== 'string');
  const standings = await ports.leads.standings(scope, campaignId, people);
  let place = 0;
  return read.map((each): Judgement => {
    if (typeof each === 'string') return { verdict: 'rejected', reason: each };
    return judgeStanding(ports, campaignId, each, standings[place++]);
  });
}

/** What the workspace knows of a person decides; the same rules at the dry run and at the commit. */
export function judgeStanding(
  { rules }: Pick<Ports, 'rules'>,
  campaignId: string,
  named: Named,
  standing: Standing | undefined,
): Judgement {
  if (standing === undefined) return { verdict: 'importable', ...named, leadId: '' };
  const { leadId, blocked, inCampaign, elsewhere } = standing;
  if (blocked)
    return { verdict: 'rejected', reason: 'This person or company is on do-not-contact.' };
  if (inCampaign) {
    return { verdict: 'duplicate', reason: 'Already in this campaign.', leadId };
  }
  if (campaignId === '') {
    return { verdict: 'duplicate', reason: 'Already a lead of this workspace.', leadId };
  }
  if (elsewhere && rules.exclusive) {
    const reason = 'Another campaign of this workspace is working this person.';
    return { verdict: 'duplicate', reason, leadId };
  }
  return { verdict: 'importable', ...named, leadId };
}

function readOne(
  { names }: Pick<Ports, 'names'>,
  tenantId: string,
  { lead, problem }: ToJudge,
): Read {
  const refusal = problem || refusalOf(lead);
  if (refusal !== '') return refusal;
  const name = names.read(tenantId, lead.linkedinUrl);
  if ('problem' in name) return name.problem;
  return { fingerprint: name.fingerprint, company: names.company(tenantId, lead.companyName) };
}

function refusalOf(lead: NewLead): string {
  if (lead.firstName.trim() === '') return 'first_name is missing.';
  if (lead.lastName.trim() === '') return 'last_name is missing.';
  if (lead.linkedinUrl.trim() === '') return 'linkedin_url is missing.';
  if (lead.timeZone !== '' && !isZone(lead.timeZone)) return 'time_zone is not an IANA time zone.';
  return refusalOfTexts(lead);
}

function refusalOfTexts({ customFields, ...lead }: NewLead): string {
  for (const [name, text] of Object.entries(lead)) {
    if (text.length > limits.textLengthMax) return `${snakeCase(name)} is too long.`;
    if (!isCleanLine(text)) return `${snakeCase(name)} holds control characters.`;
  }
  const custom = Object.entries(customFields);
  if (custom.length > limits.customFieldsMax) {
    return `At most ${limits.customFieldsMax} custom fields are allowed.`;
  }
  const fits = custom.every(([key, value]) => {
    const short = key.length <= limits.keyLengthMax && value.length <= limits.textLengthMax;
    return short && key !== '' && isCleanLine(key);
  });
  return fits ? '' : 'A custom field is too long or holds control characters.';
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
