import type { Sealed } from '@overture/event-store';
import type { Person } from './enroll-leads.js';
import type { Judgement } from './judge-leads.js';
import { personFields, type NewLead } from './lead-details.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

export type Importable = Judgement & { verdict: 'importable' };

/** Without `sealed` they are a lead of the workspace already. */
export interface SealedPerson extends Person {
  readonly sealed?: Sealed;
}

interface ToSeal {
  readonly judged: Importable;
  readonly lead: NewLead;
}

/** Seals whoever is new under a key of their own; nothing is kept twice of those the workspace knows. */
export async function sealPeople(
  { personKeys, clock }: Pick<Ports, 'personKeys' | 'clock'>,
  { tx, tenantId }: Scope,
  people: readonly ToSeal[],
): Promise<SealedPerson[]> {
  const unknown = people.filter(({ judged }) => judged.leadId === '');
  const at = clock.now();
  const toSeal = unknown.map(({ lead }) => ({ personId: newId(at), fields: personFields(lead) }));
  const boxes = await personKeys.sealNew(tx, tenantId, toSeal);
  let place = 0;
  return people.map(
    ({ judged: { leadId, fingerprint, company }, lead: { timeZone } }): SealedPerson => {
      const known = { fingerprint, company, timeZone };
      const sealed = leadId === '' ? boxes[place++] : undefined;
      if (sealed === undefined) return { leadId, ...known };
      return { leadId: sealed.personId, ...known, sealed };
    },
  );
}
