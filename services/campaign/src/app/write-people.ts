import type { Person } from './enroll-leads.js';
import { senderOfNew } from './enroll-leads.js';
import type { Judgement } from './judge-leads.js';
import { personFields, type NewLead } from './lead-details.js';
import { newIds } from './new-id.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { CampaignRow, LeadRow } from './tables.js';

/** Somebody who passed the judgement, under the id they have or will have. */
export interface Candidate extends Person {
  readonly lead: NewLead;
  readonly marks: readonly string[];
  readonly isNew: boolean;
}

/** The importable among them, in order, each with `place`, their place in the list. */
export function candidatesOf(
  { clock }: Pick<Ports, 'clock'>,
  leads: readonly { readonly lead: NewLead }[],
  judgements: readonly Judgement[],
): (Candidate & { readonly place: number })[] {
  const freshId = newIds(clock.now());
  return leads.flatMap(({ lead }, place) => {
    const judged = judgements[place];
    if (judged?.verdict !== 'importable') return [];
    const { fingerprint, company, marks = [], leadId } = judged;
    const isNew = leadId === '';
    const person = { leadId: isNew ? freshId() : leadId, fingerprint, company, marks };
    return [{ ...person, lead, isNew, place }];
  });
}

/**
 * Writes the rows of whoever is new, sealed under a key of their own; nothing is kept twice of those the workspace knows.
 * They are nobody's leads before they are enrolled.
 */
export async function writePeople(
  { personKeys, leads, clock }: Pick<Ports, 'personKeys' | 'leads' | 'clock'>,
  scope: Scope,
  { campaign, importId }: { campaign: CampaignRow | undefined; importId: string },
  people: readonly Candidate[],
): Promise<void> {
  const createdAt = clock.now();
  const newcomers = people.filter(({ isNew }) => isNew);
  const sealed = await personKeys.sealNew(
    scope.tx,
    scope.tenantId,
    newcomers.map(({ leadId, lead }) => ({ personId: leadId, fields: personFields(lead) })),
  );
  const rows = newcomers.map(({ leadId, fingerprint, company, marks, lead }, index) => {
    const identityId = senderOfNew(leadId, campaign);
    const known = {
      leadId,
      timeZone: lead.timeZone,
      company,
      marks,
      identityId,
      importId,
      createdAt,
    };
    return { ...known, sealed: sealed[index] as LeadRow['sealed'], fingerprints: [fingerprint] };
  });
  await leads.insert(scope, rows);
}
