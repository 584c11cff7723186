import type { EnrollmentCommand } from '@overture/domain-campaign';
import { decideEnrollments } from './decide-enrollments.js';
import { mergeLeads } from './merge-leads.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

/**
 * A person has several names on LinkedIn; whoever learns one tells all enrollments (F047). A name that another lead has
 * proves that the two are one person.
 */
export async function recognize(
  ports: Ports,
  scope: Scope,
  { leadId, fingerprints }: { leadId: string; fingerprints: readonly string[] },
): Promise<void> {
  if (fingerprints.length === 0) return;
  const bearers = await ports.persons.bearers(scope, fingerprints);
  const others = new Set([...bearers.values()].filter((bearer) => bearer !== leadId));
  // Before any row of a lead is touched: whoever adds people holds this lock first, too.
  if (others.size > 0) await ports.leads.lockAdding(scope);
  const unknown = fingerprints.filter((name) => !bearers.has(name));
  if (unknown.length > 0) await ports.leads.recognize(scope, leadId, unknown);
  const at = ports.clock.now();
  const command: EnrollmentCommand = { type: 'RecognizePerson', data: { fingerprints, at } };
  const rows = await ports.enrollments.ofLeads(scope, [leadId]);
  const decisions = rows.map(({ enrollmentId }) => ({ enrollmentId, command }));
  await decideEnrollments(ports, scope, decisions);
  if (others.size > 0) await mergeLeads(ports, scope, [leadId, ...others]);
}
