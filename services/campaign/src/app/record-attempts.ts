import type { Instant } from '@overture/kernel';
import type { EnrollmentCommand, Planning } from '@overture/domain-campaign';
import { decideEnrollments } from './decide-enrollments.js';
import { colleagueReplied } from './colleague-stops.js';
import { stopAgain } from './note-colleagues.js';
import { planningOf } from './planning.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

/** The claim that an outcome is about. */
export interface Claim {
  readonly enrollmentId: string;
  readonly actionId: string;
  readonly epoch: number;
}

/** What became of a provider call, as the sender tells it. */
export type Outcome =
  | { readonly type: 'accepted'; readonly alreadyConnected: boolean }
  | { readonly type: 'confirmed' | 'unknown' | 'absent' | 'undecided' }
  | { readonly type: 'rejected'; readonly label: string }
  | { readonly type: 'released'; readonly cause: string };

/** The outcome of a claim decides what comes next for this lead: the next step, a wait, a stop (F079, F083). */
export async function recordOutcome(
  ports: Ports,
  scope: Scope,
  { enrollmentId, actionId, epoch }: Claim,
  outcome: Outcome,
): Promise<void> {
  const planning = (await planningOf(ports, scope, [enrollmentId])).get(enrollmentId);
  // An outcome of a lead that nobody has is nobody's: the sender's store keeps it.
  if (planning === undefined) return;
  const at = ports.clock.now();
  const command = commandOf(outcome, { actionId, epoch, at }, planning);
  await decideEnrollments(ports, scope, [{ enrollmentId, command }]);
  if (outcome.type === 'released' && outcome.cause === colleagueReplied) {
    await stopAgain(ports, scope, [enrollmentId]);
  }
}

function commandOf(
  outcome: Outcome,
  claim: { actionId: string; epoch: number; at: Instant },
  planning: Planning,
): EnrollmentCommand {
  switch (outcome.type) {
    case 'accepted':
      return {
        type: 'RecordAccepted',
        data: { ...claim, planning, alreadyConnected: outcome.alreadyConnected },
      };
    case 'confirmed':
      return { type: 'RecordConfirmed', data: { ...claim, planning } };
    case 'rejected':
      return { type: 'RecordRejected', data: { ...claim, planning, label: outcome.label } };
    case 'unknown':
      return { type: 'RecordUnknown', data: claim };
    case 'absent':
      return { type: 'RecordAbsent', data: { ...claim, planning } };
    case 'undecided':
      return { type: 'RecordUndecided', data: { ...claim, planning } };
    case 'released':
      return { type: 'RecordReleased', data: { ...claim, planning, cause: outcome.cause } };
  }
}
