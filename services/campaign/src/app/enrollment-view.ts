import type { Instant } from '@overture/kernel';
import type { StreamEvent } from '@overture/event-store';
import {
  enrollment,
  currentAction,
  deadlineOf,
  hasEnded,
  nextAction,
  statusOf,
  type Enrolled,
  type Enrollment,
  type EnrollmentEvent,
} from '@overture/domain-campaign';
import type { ActionRow } from './action-row.js';
import { evolveActions } from './action-view.js';

/** How a launch went for one person (S2-41). */
export type LaunchOutcome = '' | 'queued' | 'skipped' | 'error';

/** Everything the read models say of one enrollment: a pure fold of its stream (I13). */
export interface EnrollmentView {
  readonly state: Enrollment;
  readonly version: number;
  readonly actions: ReadonlyMap<string, ActionRow>;
  readonly enrolledAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  readonly launchOutcome: LaunchOutcome;
  readonly messagesQueued: number;
  readonly withdrawnAt: Instant | undefined;
}

export interface EnrollmentRow {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
  readonly sequenceVersion: number;
  readonly status: string;
  readonly reason: string;
  readonly nextActionId: string;
  readonly nextActionAt: Instant | null;
  /** The step it stands at; empty: none. */
  readonly stepId: string;
  /** When time alone changes something. */
  readonly deadlineAt: Instant | null;
  readonly connectionAcceptedAt: Instant | null;
  readonly repliedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
  readonly launchOutcome: LaunchOutcome;
  readonly messagesQueued: number;
  readonly enrolledAt: Instant;
  readonly endedAt: Instant | null;
  /** The company whose person answered, of a lead stopped for that; empty: none (F034). */
  readonly stoppedFor: string;
  readonly version: number;
}

export const emptyView: EnrollmentView = {
  state: enrollment.initialState,
  version: 0,
  actions: new Map(),
  enrolledAt: undefined,
  endedAt: undefined,
  launchOutcome: '',
  messagesQueued: 0,
  withdrawnAt: undefined,
};

export function evolveView(
  view: EnrollmentView,
  event: StreamEvent<EnrollmentEvent>,
): EnrollmentView {
  const state = enrollment.evolve(view.state, event);
  const launch = launched(view, event);
  return {
    state,
    version: event.version,
    actions: evolveActions(view.actions, event),
    enrolledAt: event.type === 'LeadEnrolled' ? event.data.at : view.enrolledAt,
    // A retry by hand opens a failed one again.
    endedAt: hasEnded(state) ? (view.endedAt ?? event.data.at) : undefined,
    ...(launch ?? { launchOutcome: view.launchOutcome, messagesQueued: view.messagesQueued }),
    withdrawnAt: withdrawnBy(event) ?? view.withdrawnAt,
  };
}

/** The row of an enrollment; undefined before anybody is enrolled. */
export function rowOf(view: EnrollmentView): EnrollmentRow | undefined {
  const { state, enrolledAt } = view;
  if (state.status === 'new' || enrolledAt === undefined) return undefined;
  return {
    enrollmentId: state.enrollmentId,
    campaignId: state.campaignId,
    leadId: state.leadId,
    identityId: state.identityId,
    sequenceVersion: state.sequenceVersion,
    status: shownStatus(state),
    ...waitingOf(state),
    stepId: stepOf(state),
    deadlineAt: deadlineOf(state) ?? null,
    connectionAcceptedAt: state.acceptedAt ?? null,
    repliedAt: state.repliedAt ?? null,
    withdrawnAt: view.withdrawnAt ?? null,
    launchOutcome: view.launchOutcome,
    messagesQueued: view.messagesQueued,
    enrolledAt,
    endedAt: view.endedAt ?? null,
    ...stopOf(state),
    version: view.version,
  };
}

/** From when on no new invitation is taken for a while: by our hand or by another's. */
function withdrawnBy({ type, data }: EnrollmentEvent): Instant | undefined {
  if (type === 'InvitationLapsed') return data.goneAt;
  return type === 'ActionSucceeded' && data.kind === 'withdraw' ? data.at : undefined;
}

function stopOf({ beforeStop }: Enrolled): Pick<EnrollmentRow, 'stoppedFor'> {
  return { stoppedFor: beforeStop?.companyKey ?? '' };
}

function stepOf(state: Enrolled): string {
  if (hasEnded(state) || state.status === 'checking') return '';
  return state.deadline?.stepId ?? currentAction(state)?.stepId ?? '';
}

type Launch = Pick<EnrollmentView, 'launchOutcome' | 'messagesQueued'>;

/** What the first decision about a lead was; nothing later changes how its launch went. */
function launched(view: EnrollmentView, { type, data }: EnrollmentEvent): Launch | undefined {
  if (view.launchOutcome !== '') return undefined;
  switch (type) {
    case 'SequencePlanned': {
      const messages = data.steps.filter((step) => step.kind === 'message');
      return { launchOutcome: 'queued', messagesQueued: messages.length };
    }
    case 'EnrollmentFailed':
      return { launchOutcome: 'error', messagesQueued: 0 };
    case 'EnrollmentSkipped':
    case 'EnrollmentStopped':
    case 'ReplyReceived':
      return { launchOutcome: 'skipped', messagesQueued: 0 };
    default:
      return undefined;
  }
}

/** A lead whose campaign has not looked at it yet is `new`. */
function shownStatus(state: Enrolled): string {
  const status = statusOf(state);
  return status === 'checking' && state.relation === undefined ? 'new' : status;
}

type Waiting = Pick<EnrollmentRow, 'reason' | 'nextActionId' | 'nextActionAt'>;

/** A time or a named cause for everybody who has not ended, the cause of the end for the others (I7). */
function waitingOf(state: Enrolled): Waiting {
  const next = nextAction(state);
  switch (next.do) {
    case 'send':
      return { reason: '', nextActionId: next.actionId, nextActionAt: next.notBefore };
    case 'await_review':
      return { reason: next.do, nextActionId: next.actionId, nextActionAt: null };
    case 'await_task':
      return { reason: next.do, nextActionId: next.actionId, nextActionAt: next.dueAt };
    case 'await_time':
      return { reason: next.do, nextActionId: '', nextActionAt: next.until };
    case 'await_outcome':
      return { reason: next.do, nextActionId: next.actionId, nextActionAt: null };
    case 'await_resume':
      return waiting(state.pauses[next.pauseIds[0] ?? '']?.cause ?? next.do);
    case 'await_operator':
    case 'nothing':
      return waiting(next.because);
    default:
      return waiting(next.do);
  }
}

function waiting(reason: string): Waiting {
  return { reason, nextActionId: '', nextActionAt: null };
}
