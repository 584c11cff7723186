import { fieldValues, type Planning, type Sequence } from '@overture/domain-campaign';
import type { PlanningFacts } from './enrollments.js';
import { openLeads } from './lead-details.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

type PlanningPorts = Pick<Ports, 'enrollments' | 'campaigns' | 'leads' | 'personKeys'>;

/** What planning needs, by enrollment: the sequence of the recorded version, the lead's zone and, for branches, fields. */
export async function planningOf(
  ports: PlanningPorts,
  scope: Scope,
  enrollmentIds: readonly string[],
  { fields = 'asked' }: { fields?: 'asked' | 'always' } = {},
): Promise<ReadonlyMap<string, Planning>> {
  const facts = await ports.enrollments.planningFacts(scope, enrollmentIds);
  const sequences = new Map<string, Sequence>();
  const planning = new Map<string, Planning>();
  for (const { enrollmentId, campaignId, sequenceVersion, ...fact } of facts) {
    const key = `${campaignId} ${sequenceVersion}`;
    const sequence =
      sequences.get(key) ?? (await ports.campaigns.sequence(scope, campaignId, sequenceVersion));
    sequences.set(key, sequence);
    const { timeZone: zone, companyKey, first } = fact;
    planning.set(enrollmentId, { sequence, zone, companyKey, ...(first && { first }) });
  }
  const asked = facts.filter(({ enrollmentId }) => {
    const plan = planning.get(enrollmentId);
    return plan !== undefined && (fields === 'always' || asksForFields(plan.sequence));
  });
  return withFields(ports, scope, asked, planning);
}

function asksForFields({ steps }: Sequence): boolean {
  return steps.some(({ branch }) => branch?.when === 'field');
}

// Personal values leave their seal only where somebody asks for them; they are never recorded.
async function withFields(
  ports: PlanningPorts,
  scope: Scope,
  asked: readonly PlanningFacts[],
  planning: Map<string, Planning>,
): Promise<ReadonlyMap<string, Planning>> {
  if (asked.length === 0) return planning;
  const ids = [...new Set(asked.map(({ leadId }) => leadId))];
  const leads = await openLeads(ports, scope, await ports.leads.find(scope, ids));
  const byId = new Map(leads.map((lead) => [lead.leadId, lead]));
  for (const { enrollmentId, leadId } of asked) {
    const plan = planning.get(enrollmentId);
    const lead = byId.get(leadId);
    if (plan === undefined || lead === undefined || lead.erased) continue;
    planning.set(enrollmentId, { ...plan, fields: fieldValues(lead) });
  }
  return planning;
}
