import type { EnrollmentCommand } from '@overture/domain-campaign';
import { decideEnrollments } from './decide-enrollments.js';
import { mergeLeads } from './merge-leads.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

interface Named {
  readonly leadId: string;
  readonly fingerprints: readonly string[];
}

/**
 * Leads who are shown under a name that another lead has, or another one of them, are one person: nobody is begun before
 * that is looked at (F047, P18). Learns nothing; gives the enrollments that are held.
 */
export async function mergeSharers(
  ports: Ports,
  scope: Scope,
  people: readonly Named[],
): Promise<ReadonlySet<string>> {
  const names = new Set(people.flatMap(({ fingerprints }) => fingerprints));
  if (names.size === 0) return new Set();
  const bearers = new Map(await ports.persons.bearers(scope, [...names]));
  const proofs = people.flatMap(({ leadId, fingerprints }) => {
    const others = fingerprints
      .map((name) => bearers.get(name))
      .filter((each) => each !== undefined);
    for (const name of fingerprints) if (!bearers.has(name)) bearers.set(name, leadId);
    return others.some((other) => other !== leadId) ? [[leadId, ...others]] : [];
  });
  if (proofs.length > 0) await ports.leads.lockAdding(scope);
  const held: string[] = [];
  for (const leadIds of proofs) held.push(...(await mergeLeads(ports, scope, leadIds)));
  return new Set(held);
}

/**
 * A person has several names on LinkedIn; whoever learns one tells all enrollments (F047). A name that another lead has
 * proves that the two are one person.
 */
export async function recognize(
  ports: Ports,
  scope: Scope,
  { leadId, fingerprints }: Named,
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
