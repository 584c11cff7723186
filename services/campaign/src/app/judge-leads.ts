import { leadProblems, sentenceOf } from './check-lead.js';
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
      readonly marks?: readonly string[];
      /** Set when the person is a lead of the workspace already. */
      readonly leadId: string;
    };

interface Named {
  readonly fingerprint: string;
  readonly company: string;
  readonly marks?: readonly string[];
}

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
  ports: Pick<Ports, 'leads'>,
  scope: Scope,
  campaignId: string,
  read: readonly Read[],
): Promise<Judgement[]> {
  const people = read.filter((each): each is Named => typeof each !== 'string');
  const standings = await ports.leads.standings(scope, campaignId, people);
  let place = 0;
  return read.map((each): Judgement => {
    if (typeof each === 'string') return { verdict: 'rejected', reason: each };
    return judgeStanding(campaignId, each, standings[place++]);
  });
}

/** What the workspace knows of a person decides; the same rules at the dry run and at the commit. */
export function judgeStanding(
  campaignId: string,
  named: Named,
  standing: Standing | undefined,
): Judgement {
  if (standing === undefined) return { verdict: 'importable', ...named, leadId: '' };
  const { leadId, inCampaign } = standing;
  if (standing.blocked)
    return { verdict: 'rejected', reason: 'This person or company is on do-not-contact.' };
  if (inCampaign) {
    return { verdict: 'duplicate', reason: 'Already in this campaign.', leadId };
  }
  if (campaignId === '') {
    return { verdict: 'duplicate', reason: 'Already a lead of this workspace.', leadId };
  }
  return judgeElsewhere(standing) ?? { verdict: 'importable', ...named, leadId };
}

/** What other campaigns of the workspace have to do with a person, as far as the rules ask (F052, F057). */
function judgeElsewhere({
  leadId,
  elsewhere,
  before,
  unanswered,
}: Standing): Judgement | undefined {
  if (elsewhere) {
    const reason = 'Another campaign of this workspace is working this person.';
    return { verdict: 'duplicate', reason, leadId };
  }
  if (before) {
    const reason = 'Another campaign of this workspace has had this person before.';
    return { verdict: 'duplicate', reason, leadId };
  }
  if (!unanswered) return undefined;
  return { verdict: 'rejected', reason: 'This person was written to before and never answered.' };
}

function readOne(
  { names }: Pick<Ports, 'names'>,
  tenantId: string,
  { lead, problem }: ToJudge,
): Read {
  if (problem !== '') return problem;
  const [worst] = leadProblems(lead);
  if (worst !== undefined) return sentenceOf(worst);
  const name = names.read(tenantId, lead.linkedinUrl);
  if ('problem' in name) return name.problem;
  const { fingerprint } = name;
  const company = names.employer(tenantId, lead);
  return { fingerprint, company, marks: names.marks(tenantId, lead) };
}
