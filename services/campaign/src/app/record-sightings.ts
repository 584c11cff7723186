import type { Instant } from '@overture/kernel';
import type { EnrollmentCommand } from '@overture/domain-campaign';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { planningOf } from './planning.js';
import type { EnrollmentRow } from './enrollment-view.js';
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

export interface Gone {
  readonly identityId: string;
  readonly leadId: string;
  readonly sentAt: Instant;
  readonly goneAt: Instant;
  readonly witness: string;
  readonly reinviteLockedUntil: Instant;
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
  const reopenable = await whoMayReopen(ports, scope, rows);
  const at = ports.clock.now();
  const decisions = ids.flatMap((enrollmentId): EnrollmentDecision[] => {
    const plan = planning.get(enrollmentId);
    if (plan === undefined) return [];
    const mayReopen = reopenable.has(enrollmentId);
    const data = { acceptedAt, witness, planning: plan, mayReopen, at };
    return [{ enrollmentId, command: { type: 'RecordAcceptance', data } }];
  });
  await decideEnrollments(ports, scope, decisions);
  await recognize(ports, scope, { leadId, fingerprints: seen.fingerprints });
}

/** Whatever waits for an answer to this identity's invitation waits in vain; whatever would invite waits longer (F014). */
export async function recordInvitationGone(
  ports: Ports,
  scope: Scope,
  { identityId, leadId, ...seen }: Gone,
): Promise<void> {
  const rows = await ports.enrollments.ofLeads(scope, [leadId]);
  const ids = rows.filter((row) => row.identityId === identityId).map((row) => row.enrollmentId);
  const plans = await planningOf(ports, scope, ids);
  const at = ports.clock.now();
  const decisions = [...plans].map(([enrollmentId, planning]): EnrollmentDecision => {
    const data = { ...seen, planning, at };
    return { enrollmentId, command: { type: 'RecordInvitationGone', data } };
  });
  await decideEnrollments(ports, scope, decisions);
}

/** Whom a late acceptance may bring back: nobody of a campaign that is over, nobody whom others work now (I9). */
async function whoMayReopen(
  ports: Ports,
  scope: Scope,
  rows: readonly EnrollmentRow[],
): Promise<ReadonlySet<string>> {
  const ended = rows.filter(({ endedAt }) => Boolean(endedAt));
  if (ended.length === 0) return new Set();
  const ids = ended.map(({ enrollmentId }) => enrollmentId);
  const hindered = await ports.persons.hindrances(scope, ids);
  const free: string[] = [];
  for (const { enrollmentId, campaignId } of ended) {
    const campaign = await ports.campaigns.find(scope, campaignId);
    const runs = campaign?.status === 'launched' || campaign?.status === 'paused';
    if (runs && !hindered.has(enrollmentId)) free.push(enrollmentId);
  }
  return new Set(free);
}
