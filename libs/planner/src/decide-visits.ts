import type { Instant } from '@overture/kernel';
import type { CompanyContact } from '@overture/policy';
import { decideVisit, type Decision } from './decide-visit.js';
import type { DueQueue, Visit } from './visit.js';

/**
 * Decides for identities that were read together. What one of them claims at a company is known to the next, as if each
 * had been read after the one before; in the order of their ids, so that the forecast comes to the same.
 */
export function decideVisits(visits: readonly Visit[], now: Instant): Decision[] {
  const since = new Map<string, CompanyContact[]>();
  return visits.toSorted(byIdentity).map((visit) => {
    const decision = decideVisit(since.size === 0 ? visit : withContacts(visit, since), now);
    const { head } = decision.claim ?? {};
    if (head?.company === undefined) return decision;
    const key = keyOf(visit, head.company);
    since.set(key, [...(since.get(key) ?? []), { leadId: head.leadId, at: now }]);
    return decision;
  });
}

function withContacts(visit: Visit, since: ReadonlyMap<string, readonly CompanyContact[]>): Visit {
  const queues = visit.queues.map((queue): DueQueue => {
    const { head } = queue;
    const more = head?.company && since.get(keyOf(visit, head.company));
    if (head?.company === undefined || more === undefined) return queue;
    const contacts = [...head.company.contacts, ...more];
    return { ...queue, head: { ...head, company: { ...head.company, contacts } } };
  });
  return { ...visit, queues };
}

const keyOf = ({ tenantId }: Visit, { key }: { key: string }): string => `${tenantId}\n${key}`;

function byIdentity(a: Visit, b: Visit): number {
  return a.identityId < b.identityId ? -1 : 1;
}
