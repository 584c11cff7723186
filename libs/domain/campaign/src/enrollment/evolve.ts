import type { CourseEvent } from './course-events.js';
import type { DraftEvent } from './draft-events.js';
import { evolveCourse } from './evolve-course.js';
import { evolveDraft } from './evolve-draft.js';
import { planned, rejected, succeeded, withAction } from './evolve-action.js';
import type {
  DeadlineSet,
  EnrollmentEvent,
  EnrollmentPaused,
  EnrollmentResumed,
  EnrollmentStopped,
  InvitationAccepted,
  LeadEnrolled,
  RelationChecked,
  ReplyReceived,
} from './events.js';
import { standing, standingOf } from './standing.js';
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
    case 'ActionSucceeded':
      return succeeded(state, event.data);
    case 'ActionRejected':
      return rejected(state, event.data);
    case 'ActionIntended':
    case 'ActionOutcomeUnknown':
    case 'ActionFoundAbsent':
      return withAction(state, event.data, statusBy[event.type]);
    case 'ActionDropped':
      return dropped(state, event.data);
    case 'DeadlineSet':
      return waits(state, event.data);
    case 'InvitationAccepted':
      return accepted(state, event.data);
    case 'EnrollmentPaused':
    case 'EnrollmentResumed':
      return withPause(state, event);
    default:
      return evolveOnward(state, event);
  }
}

type Onward = DraftEvent | CourseEvent | ReplyReceived | EndEvent;

/** What leads a lead another way, or to its end. */
function evolveOnward(state: Enrolled, event: Onward): Enrolled {
  switch (event.type) {
    case 'DraftOpened':
    case 'DraftEdited':
    case 'DraftApproved':
    case 'DraftSkipped':
    case 'DraftExpired':
      return evolveDraft(state, event);
    case 'ReplyReceived':
    case 'FurtherReplyReceived':
    case 'ReplyCorrected':
    case 'AcceptanceCorrected':
    case 'StopCorrected':
    case 'BranchTaken':
    case 'TaskOpened':
    case 'TaskCompleted':
    case 'StepSkipped':
    case 'EnrollmentMoved':
    case 'InvitationLapsed':
    case 'MoveUndone':
      return evolveCourse(state, event);
    default:
      return evolveEnd(state, event);
  }
}

const statusBy = {
  ActionIntended: 'intended',
  ActionOutcomeUnknown: 'unknown',
  ActionFoundAbsent: 'planned',
} as const;

type EndEvent = Extract<EnrollmentEvent, { type: keyof typeof endedBy | 'EnrollmentHalted' }>;

const endedBy = {
  EnrollmentCompleted: 'completed',
  EnrollmentExpired: 'expired',
  EnrollmentWithdrawn: 'withdrawn',
  EnrollmentStopped: 'stopped',
  EnrollmentFailed: 'failed',
  EnrollmentSkipped: 'skipped',
} as const satisfies Record<string, EndStatus>;

function evolveEnd(known: Enrolled, event: EndEvent): Enrolled {
  const state = event.type === 'EnrollmentStopped' ? stopped(known, event.data) : known;
  const because = ('cause' in event.data && event.data.cause) || '';
  if (event.type === 'EnrollmentHalted') return { ...state, status: 'halted', because };
  return { ...state, ...closedBy(state, event), status: endedBy[event.type], because };
}

// A withdrawal of ours closed it when it was planned.
function closedBy(state: Enrolled, { type, data: { at } }: EndEvent): Pick<Enrolled, 'closed'> {
  const closed = { at, ...stepOf(state) };
  if (type === 'EnrollmentExpired') return { closed };
  return type === 'EnrollmentWithdrawn' ? { closed: state.closed ?? closed } : {};
}

/** A stop for a colleague's reply remembers where the lead stood; another one takes its place, and is for good. */
function stopped(state: Enrolled, { companyKey }: EnrollmentStopped['data']): Enrolled {
  const { beforeStop: _, ...rest } = state;
  return companyKey === undefined
    ? rest
    : { ...rest, beforeStop: { ...standing(state), companyKey } };
}

function stepOf({ deadline }: Enrolled): { step?: number } {
  return deadline?.step === undefined ? {} : { step: deadline.step };
}

function enrolled(data: LeadEnrolled['data']): Enrolled {
  const { at: _, ...known } = data;
  const empty = { pauses: {}, actions: {}, replies: [], noReplies: [], skippedSteps: [] };
  return { ...known, status: 'checking', because: '', ...empty };
}

function checked(state: Enrolled, data: RelationChecked['data']): Enrolled {
  const { relation, cooldownUntil, repliedBefore, reinviteLockedUntil } = data;
  return {
    ...state,
    relation,
    ...(relation === 'pending' && { invitation: 'open' as const }),
    ...(cooldownUntil && { cooldownUntil }),
    ...(repliedBefore && { repliedBefore }),
    ...(reinviteLockedUntil && { reinviteLockedUntil }),
  };
}

// The sender looked and found an invitation that is none of ours: it is waited for like one (S4-32).
function dropped(state: Enrolled, data: { actionId: string; cause: string }): Enrolled {
  const invited = data.cause === 'relation/invitation-pending' && { invitation: 'open' as const };
  return { ...withAction(state, data, 'dropped'), ...invited };
}

function waits(state: Enrolled, { at: __, ...deadline }: DeadlineSet['data']): Enrolled {
  const { closed: _, ...rest } = state;
  if (deadline.kind !== 'wait') return { ...rest, status: 'invited', because: '', deadline };
  // Time alone reopens nothing: an acceptance that comes now is as late as before.
  return { ...state, status: standingOf(state), because: '', deadline };
}

function accepted(state: Enrolled, { acceptedAt }: InvitationAccepted['data']): Enrolled {
  const waiting = state.status === 'invited' || state.status === 'ready_to_connect';
  const { misjudged: _, ...rest } = state;
  const beforeAcceptance = standing(state);
  return { ...rest, acceptedAt, beforeAcceptance, ...(waiting && { status: 'connected' }) };
}

function withPause(
  state: Enrolled,
  { type, data }: EnrollmentPaused | EnrollmentResumed,
): Enrolled {
  const open = type === 'EnrollmentPaused';
  const pause: Pause = { cause: open ? data.cause : '', open };
  return { ...state, pauses: { ...state.pauses, [data.pauseId]: pause } };
}
