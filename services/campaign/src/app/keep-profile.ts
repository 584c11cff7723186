import type { DueEnrichment, EnrichmentChange, ProfileAnswer, SeenPerson } from './enrichments.js';
import { openLeads } from './lead-details.js';
import { decideOnLead } from './merge-leads.js';
import type { Ports } from './ports.js';
import { recognize } from './recognize-person.js';
import { inTransaction, type Scope } from './scope.js';
import { shownInLead } from './shown-in-lead.js';
import { changed, differing } from './update-lead.js';
import { writeLead } from './write-lead.js';

type Read = Extract<ProfileAnswer, { outcome: 'read' }>;

/** Somebody went on with it meanwhile, or ended it: nothing of this turn is kept. */
export class Superseded extends Error {}

/** Keeps what a turn brought together with where the enrichment is: a profile counts once or not at all (P1). */
export function inTurn(
  ports: Ports,
  due: DueEnrichment,
  work: (scope: Scope) => Promise<EnrichmentChange>,
): Promise<void> {
  const { tenantId, meta } = due;
  return inTransaction(ports, { tenantId, meta }, async (scope) => {
    const change = await work(scope);
    if (!(await ports.enrichments.change(scope, due, change))) throw new Superseded();
  });
}

/** Writes what LinkedIn shows into the lead, as far as nobody wrote it by hand. */
export async function keepProfile(
  ports: Ports,
  scope: Scope,
  { due, leadId }: { due: DueEnrichment; leadId: string },
  { person, nextAt }: Read,
): Promise<EnrichmentChange> {
  await recognize(ports, scope, { leadId, fingerprints: person.fingerprints });
  const renewed = await renew(ports, scope, { due, leadId }, person);
  return {
    afterLeadId: leadId,
    nextAt,
    reason: 'pace',
    read: due.read + 1,
    renewed: due.renewed + (renewed ? 1 : 0),
    cost: due.cost + 1,
  };
}

async function renew(
  ports: Ports,
  scope: Scope,
  { due: { identityId }, leadId }: { due: DueEnrichment; leadId: string },
  person: SeenPerson,
): Promise<boolean> {
  const row = await ports.leads.lock(scope, leadId);
  const [before] = row === undefined ? [] : await openLeads(ports, scope, [row]);
  if (before === undefined || before.erased) return false;
  const shown = shownInLead(before, person);
  const fields = differing(before, changed(before, { fields: shown }));
  const at = ports.clock.now();
  const data = { leadId, identityId, fields, at };
  const [told] = await decideOnLead(ports, scope, leadId, { type: 'EnrichLead', data });
  const renewed = told?.type === 'LeadEnriched' ? told.data.fields : [];
  const kept = Object.entries(shown).filter(([field]) => renewed.includes(field));
  const after = changed(before, { fields: Object.fromEntries(kept) });
  const memberId = person.memberId || before.memberId;
  await writeLead(ports, scope, { leadId, after, memberId, enrichedAt: at });
  return renewed.length > 0;
}
