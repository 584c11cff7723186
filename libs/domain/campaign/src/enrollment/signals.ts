import { earliest } from '@overture/kernel';
import type {
  PassDeadline,
  Planning,
  RecognizePerson,
  RecordAcceptance,
  RecordReply,
} from './commands.js';
import type { EnrollmentEvent, InvitationAccepted, ReplyReceived } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { dropPlanned } from './move-on.js';
import { afterConnect, isConnected, proceed, type Timing } from './plan.js';
import { currentAction, hasEnded, isInFlight, isPaused, type Enrolled } from './state.js';

/** Several witnesses see one acceptance, some of them late (P09): the first is recorded, also after the end. */
export function recordAcceptance(
  { data: { acceptedAt, witness, planning, at } }: RecordAcceptance,
  state: Enrolled,
): EnrollmentEvent[] {
  if (state.campaignType === 'messenger' || isConnected(state)) return [];
  const accepted: InvitationAccepted = {
    type: 'InvitationAccepted',
    data: { acceptedAt, witness, at },
  };
  if (hasEnded(state) || state.status === 'checking') return [accepted];
  const since = earliest(acceptedAt, at);
  return [accepted, ...goOn(evolveEnrolled(state, accepted), planning, { at, since })];
}

function goOn(state: Enrolled, planning: Planning, timing: Timing): EnrollmentEvent[] {
  const action = currentAction(state);
  // The call in flight is settled first; its outcome moves the lead on.
  if (state.status !== 'halted' && action !== undefined && isInFlight(action)) return [];
  return [
    ...dropPlanned(state, 'already_connected', timing.at),
    ...proceed(state, afterConnect(planning.sequence), planning, timing),
  ];
}

/** A reply stops all that is planned, whoever saw it, and is kept whatever the state (S1-22, F084). */
export function recordReply({ data }: RecordReply, state: Enrolled): EnrollmentEvent[] {
  if (state.repliedAt !== undefined) return [];
  const reply: ReplyReceived = { type: 'ReplyReceived', data };
  return [reply, ...dropPlanned(state, 'replied', data.at)];
}

/** Nobody accepted in time. While paused nobody could have seen it, so the deadline waits for the resume. */
export function passDeadline({ data: { at } }: PassDeadline, state: Enrolled): EnrollmentEvent[] {
  const due = state.deadlineAt !== undefined && state.deadlineAt <= at;
  if (state.status !== 'invited' || !due || isPaused(state)) return [];
  return [{ type: 'EnrollmentExpired', data: { at } }];
}

export function recognizePerson({ data }: RecognizePerson, state: Enrolled): EnrollmentEvent[] {
  const known = new Set(state.fingerprints);
  const fingerprints = [...new Set(data.fingerprints)].filter((name) => !known.has(name));
  if (fingerprints.length === 0) return [];
  return [{ type: 'PersonRecognized', data: { fingerprints, at: data.at } }];
}
