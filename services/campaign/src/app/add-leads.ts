import { DomainError, InvalidInputError } from '@overture/kernel';
import { findCampaign } from './decide-campaign.js';
import { enrollLeads } from './enroll-leads.js';
import { judgeLeads, readLeads, type Judgement } from './judge-leads.js';
import type { NewLead } from './lead-details.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow } from './tables.js';
import { candidatesOf, writePeople } from './write-people.js';

export interface LeadVerdict {
  readonly index: number;
  readonly verdict: 'added' | 'duplicate' | 'rejected';
  readonly reason: string;
  readonly leadId: string;
}

const leadsMax = 1_000;

/** Adds people to a campaign, one verdict each (F116); everybody who can be added is, in one transaction. */
export async function addLeads(
  ports: Ports,
  caller: Caller,
  { campaignId, leads }: { campaignId: string; leads: readonly NewLead[] },
): Promise<LeadVerdict[]> {
  if (leads.length > leadsMax) {
    const message = `At most ${leadsMax} leads at once; import a file for more.`;
    throw new InvalidInputError([{ path: '/leads', message }]);
  }
  const candidates = leads.map((lead) => ({ lead, problem: '' }));
  const read = readLeads(ports, caller.tenantId, candidates);
  return inTransaction(ports, caller, async (scope) => {
    const campaign = await openForLeads(ports, scope, campaignId);
    const judged = firstOfEach(await judgeLeads(ports, scope, campaignId, read));
    const people = candidatesOf(ports, caller.tenantId, candidates, judged);
    await writePeople(ports, scope, { campaign, importId: '' }, people);
    const added = await enrollLeads(ports, scope, campaign, people);
    let place = 0;
    return judged.map((each, index) =>
      verdictOf(index, each.verdict === 'importable' ? (added[place++] ?? each) : each),
    );
  });
}

/** The campaign, held open: it cannot finish before the transaction that adds somebody to it ends. */
export async function openForLeads(
  ports: Ports,
  scope: Scope,
  campaignId: string,
): Promise<CampaignRow> {
  await ports.gates.hold(scope, [{ kind: 'campaign', gateId: campaignId }]);
  const campaign = await findCampaign(ports, scope, campaignId);
  if (campaign.status === 'finished' || campaign.status === 'archived') {
    throw new DomainError('campaign/over', `This campaign is ${campaign.status}.`, { campaignId });
  }
  return campaign;
}

/** Somebody named twice in one call is added once. */
function firstOfEach(judged: readonly Judgement[]): Judgement[] {
  const firsts = new Map<string, number>();
  return judged.map((each, index) => {
    if (each.verdict !== 'importable') return each;
    const first = firsts.get(each.fingerprint);
    firsts.set(each.fingerprint, first ?? index);
    if (first === undefined) return each;
    return { verdict: 'duplicate', reason: `The same person as item ${first}.`, leadId: '' };
  });
}

function verdictOf(index: number, judged: Judgement): LeadVerdict {
  if (judged.verdict === 'rejected') return { index, ...judged, leadId: '' };
  if (judged.verdict === 'duplicate') return { index, ...judged };
  return { index, verdict: 'added', reason: '', leadId: judged.leadId };
}
