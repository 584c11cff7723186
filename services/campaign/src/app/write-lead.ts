import type { Instant } from '@overture/kernel';
import { personFields, type NewLead } from './lead-details.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

export interface LeadToWrite {
  readonly leadId: string;
  readonly after: NewLead;
  readonly memberId: string;
  /** Absent: as it was. */
  readonly enrichedAt?: Instant;
}

/** Writes the fields of a lead who is there: sealed, and by what companies, do-not-contact and segments find them. */
export async function writeLead(
  { names, personKeys, leads }: Pick<Ports, 'names' | 'personKeys' | 'leads'>,
  scope: Scope,
  { leadId, after, memberId, enrichedAt }: LeadToWrite,
): Promise<void> {
  const { tx, tenantId } = scope;
  const person = { personId: leadId, fields: personFields(after, memberId) };
  const [sealed] = await personKeys.seal(tx, tenantId, [person]);
  if (sealed === undefined) throw new Error(`Lead ${leadId} was not sealed.`);
  await leads.change(scope, leadId, {
    sealed,
    timeZone: after.timeZone,
    company: names.employer(tenantId, after),
    marks: names.marks(tenantId, after),
    words: names.words(tenantId, after),
    ...(enrichedAt && { enrichedAt }),
  });
}
