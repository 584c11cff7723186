import { planned, succeeded, withAction } from './evolve-action.js';
import type {
  EnrollmentEvent,
  InvitationAccepted,
  LeadEnrolled,
  RelationChecked,
} from './events.js';
import type { Enrolled, Enrollment, EndStatus, Pause } from './state.js';

/** Tracks facts and decides nothing: it never throws, never logs, never reads a clock. */
export function evolveEnrollment(state: Enrollment, event: EnrollmentEvent): Enrollment {
  if (state.status === 'new') return event.type === 'LeadEnrolled' ? enrolled(event.data) : state;
  return evolveEnrolled(state, event);
}

/** The same for a lead who is enrolled, and stays so. */
export function evolveEnrolled(state: Enrolled, event: EnrollmentEvent): Enrolled {
  switch (event.type) {
    case 'LeadEnrolled':
    case 'SequencePlanned':
      return state;
    case 'PersonRecognized':
      return { ...state, fingerprints: [...state.fingerprints, ...event.data.fingerprints] };
    case 'RelationChecked':
      return checked(state, event.data);
    case 'ActionPlanned':
      return planned(state, event.data);
    case 'ActionIntended':
      return withAction(state, event.data, 'intended');
    case 'ActionSucceeded':
      return succeeded(state, event.data);
    case 'ActionRejected':
      return withAction(state, event.data, event.data.retry ? 'planned' : 'failed');
    case 'ActionOutcomeUnknown':
      return withAction(state, event.data, 'unknown');
    case 'ActionFoundAbsent':
      return withAction(state, event.data, 'planned');
    case 'ActionDropped':
      return withAction(state, event.data, 'dropped');
    case 'DeadlineSet':
      return { ...state, status: 'invited', deadlineAt: event.data.dueAt };
    case 'InvitationAccepted':
      return accepted(state, event.data);
    case 'ReplyReceived':
      return { ...ended(state, 'replied'), repliedAt: event.data.repliedAt };
    case 'EnrollmentPaused':
      return withPause(state, event.data.pauseId, { cause: event.data.cause, open: true });
    case 'EnrollmentResumed':
      return withPause(state, event.data.pauseId, { cause: '', open: false });
    case 'EnrollmentHalted':
      return { ...state, status: 'halted', because: event.data.cause };
    default:
      return ended(state, endedBy[event.type], 'cause' in event.data ? event.data.cause : '');
  }
}

const endedBy = {
  EnrollmentCompleted: 'completed',
  EnrollmentExpired: 'expired',
  EnrollmentWithdrawn: 'withdrawn',
  EnrollmentStopped: 'stopped',
  EnrollmentFailed: 'failed',
  EnrollmentSkipped: 'skipped',
} as const;

function enrolled(data: LeadEnrolled['data']): Enrolled {
  const { at: _, ...known } = data;
  return { ...known, status: 'checking', because: '', pauses: {}, actions: {} };
}

function checked(state: Enrolled, { relation, cooldownUntil }: RelationChecked['data']): Enrolled {
  return { ...state, relation, ...(cooldownUntil && { cooldownUntil }) };
}

function accepted(state: Enrolled, { acceptedAt }: InvitationAccepted['data']): Enrolled {
  const waiting = state.status === 'invited' || state.status === 'ready_to_connect';
  return { ...state, acceptedAt, ...(waiting && { status: 'connected' }) };
}

function withPause(state: Enrolled, pauseId: string, pause: Pause): Enrolled {
  return { ...state, pauses: { ...state.pauses, [pauseId]: pause } };
}

function ended(state: Enrolled, status: EndStatus, because = ''): Enrolled {
  return { ...state, status, because };
}
