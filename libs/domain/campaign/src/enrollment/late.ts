import type { Instant } from '@overture/kernel';
import { afterInvitation, waysOf } from '../campaign/graph.js';
import type { Sequence } from '../campaign/sequence.js';
import type { Planning } from './commands.js';
import type { EnrollmentEvent, InvitationAccepted } from './events.js';
import { dropWaiting } from './drops.js';
import { proceed, type Timing } from './plan.js';
import type { Enrolled } from './state.js';

/** What was seen of an acceptance, and whether anybody still waited for it (P09). */
export function acceptedFact(
  { closed }: Enrolled,
  seen: { acceptedAt: Instant; witness: string; at: Instant },
  { sequence }: Planning,
): InvitationAccepted {
  if (closed === undefined) return { type: 'InvitationAccepted', data: seen };
  const latePolicy = sequence.lateAcceptance ?? 'ignore';
  return { type: 'InvitationAccepted', data: { ...seen, closedAt: closed.at, latePolicy } };
}

/** What the sequence says about who accepts too late (F015); undefined: nothing changes. */
export function welcomeLate(
  state: Enrolled,
  planning: Planning,
  timing: Timing,
): EnrollmentEvent[] | undefined {
  const { lateAcceptance = 'ignore' } = planning.sequence;
  if (state.closed === undefined || lateAcceptance === 'ignore') return undefined;
  const dropped = dropWaiting(state, 'accepted_late', timing.at);
  if (lateAcceptance === 'message') {
    return [...dropped, ...proceed(state, lateStart(state, planning.sequence), planning, timing)];
  }
  const { currentActionId: actionId = '' } = state;
  return [
    ...dropped,
    { type: 'EnrollmentHalted', data: { actionId, cause: lateAcceptanceCause, at: timing.at } },
  ];
}

export const lateAcceptanceCause = 'late_acceptance';

/** Where an acceptance would have led, had it come in time. */
export function lateStart({ closed }: Enrolled, { steps }: Sequence): number {
  const waited = closed?.step;
  if (waited === undefined) return afterInvitation(steps) ?? steps.length;
  return steps[waited]?.kind === 'branch' ? waysOf(steps, waited).yes : waited;
}
