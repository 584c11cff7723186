import type { NewlySealed } from '@overture/event-store';
import { namesOf, senderOfNew, type Person } from './enroll-leads.js';
import type { Judgement } from './judge-leads.js';
import { personFields, type NewLead } from './lead-details.js';
import { newIds } from './new-id.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { CampaignRow, NewLeadRow } from './tables.js';

/** Somebody who passed the judgement, under the id they have or will have. */
export interface Candidate extends Person {
  /** Their place in the list that was judged. */
  readonly place: number;
  readonly timeZone: string;
  readonly marks: readonly string[];
  readonly words: readonly string[];
  /** Of whoever is new: nothing is kept twice of those the workspace knows. */
  readonly newly?: NewlySealed;
}

/**
 * The importable among them, in order; who is new is sealed under a key of their own. Needs no transaction, and is what
 * takes the processor's time.
 */
export function candidatesOf(
  { clock, personKeys, names }: Pick<Ports, 'clock' | 'personKeys' | 'names'>,
  tenantId: string,
  leads: readonly { readonly lead: NewLead }[],
  judgements: readonly Judgement[],
): Candidate[] {
  const freshId = newIds(clock.now());
  return leads.flatMap(({ lead }, place): Candidate[] => {
    const judged = judgements[place];
    if (judged?.verdict !== 'importable') return [];
    const { fingerprint, company, marks = [] } = judged;
    const known = { fingerprint, company, marks, place, timeZone: lead.timeZone };
    if (judged.leadId !== '') return [{ ...known, words: [], leadId: judged.leadId }];
    const leadId = freshId();
    const person = { personId: leadId, fields: personFields(lead) };
    const words = names.words(tenantId, lead);
    return [{ ...known, words, leadId, newly: personKeys.sealNew(tenantId, person) }];
  });
}

/** Writes the rows and keys of whoever is new. They are nobody's leads before they are enrolled. */
export async function writePeople(
  { personKeys, leads, clock }: Pick<Ports, 'personKeys' | 'leads' | 'clock'>,
  scope: Scope,
  { campaign, importId }: { campaign: CampaignRow | undefined; importId: string },
  people: readonly Candidate[],
): Promise<void> {
  const createdAt = clock.now();
  const keys: NewlySealed[] = [];
  const rows = people.flatMap((person): NewLeadRow | readonly [] => {
    const { leadId, company, marks, words, timeZone, newly } = person;
    if (newly === undefined) return [];
    keys.push(newly);
    const identityId = senderOfNew(leadId, campaign);
    const told = { leadId, timeZone, company, marks, words };
    const known = { ...told, identityId, importId, createdAt };
    return { ...known, sealed: newly.sealed, fingerprints: namesOf(person) };
  });
  await Promise.all([personKeys.keep(scope.tx, scope.tenantId, keys), leads.insert(scope, rows)]);
}
