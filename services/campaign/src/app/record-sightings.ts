import type { Instant } from '@overture/kernel';
import type { EnrollmentCommand } from '@overture/domain-campaign';
import { decideEnrollments, planningOf, type EnrollmentDecision } from './decide-enrollments.js';
import type { Ports } from './ports.js';
import { recognize } from './recognize-person.js';
import type { Scope } from './scope.js';

export interface Reply {
  readonly leadId: string;
  readonly messageId: string;
  readonly repliedAt: Instant;
  readonly witness: string;
}

/** A reply to anybody silences everybody: every enrollment of this person in the workspace stops (S1-22, F084). */
export async function recordReply(ports: Ports, scope: Scope, reply: Reply): Promise<void> {
  const { leadId, messageId, repliedAt, witness } = reply;
  const at = ports.clock.now();
  const command: EnrollmentCommand = {
    type: 'RecordReply',
    data: { messageId, repliedAt, witness, at },
  };
  const members = await ports.persons.members(scope, [leadId]);
  const rows = await ports.enrollments.ofLeads(
    scope,
    members.map((member) => member.leadId),
  );
  const decisions = rows.map(({ enrollmentId }) => ({ enrollmentId, command }));
  await decideEnrollments(ports, scope, decisions);
}

export interface Acceptance {
  readonly identityId: string;
  readonly leadId: string;
  readonly acceptedAt: Instant;
  readonly witness: string;
  readonly fingerprints: readonly string[];
}

/** An acceptance moves on what this identity does with this lead; what was learnt of their names is kept (F087). */
export async function recordAcceptance(
  ports: Ports,
  scope: Scope,
  seen: Acceptance,
): Promise<void> {
  const { identityId, leadId, acceptedAt, witness } = seen;
  const rows = await ports.enrollments.ofLeads(scope, [leadId]);
  const ids = rows.filter((row) => row.identityId === identityId).map((row) => row.enrollmentId);
  const planning = await planningOf(ports, scope, ids);
  const at = ports.clock.now();
  const decisions = ids.flatMap((enrollmentId): EnrollmentDecision[] => {
    const plan = planning.get(enrollmentId);
    if (plan === undefined) return [];
    const data = { acceptedAt, witness, planning: plan, at };
    return [{ enrollmentId, command: { type: 'RecordAcceptance', data } }];
  });
  await decideEnrollments(ports, scope, decisions);
  await recognize(ports, scope, { leadId, fingerprints: seen.fingerprints });
}
