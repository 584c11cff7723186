import type { Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import type { CampaignType, LateAcceptance } from '../campaign/sequence.js';
import type { DraftEvent } from './draft-events.js';
import type { CourseEvent } from './course-events.js';

// These names and shapes are stored: add to them; never rename, never reuse.
export const enrollmentCategory = 'enrollment';

export type Relation = 'first_degree' | 'pending' | 'not_connected';

export interface PlannedStep {
  readonly actionId: string;
  readonly step: number;
  readonly stepId?: string;
  readonly kind: ActionKind | 'task';
  readonly messageType: string;
  readonly requiresConnection: boolean;
  /** When it is expected; only the step whose turn it is goes to the scheduler. */
  readonly plannedAt: Instant;
}

export interface Fact<Type extends string, Data> {
  type: Type;
  data: Data & { at: Instant };
}

/** Who an enrollment is about; every other event finds it in the state. */
export interface EnrollmentRef {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
}

export type LeadEnrolled = Fact<
  'LeadEnrolled',
  EnrollmentRef & {
    campaignType: CampaignType;
    sequenceVersion: number;
    /** Keyed fingerprints of the person's names on LinkedIn; never the names themselves. */
    fingerprints: readonly string[];
  }
>;

export type PersonRecognized = Fact<'PersonRecognized', { fingerprints: readonly string[] }>;

export type RelationChecked = Fact<
  'RelationChecked',
  {
    relation: Relation;
    /** Absent when nobody ever wrote. */
    lastMessageAt?: Instant;
    lastMessageFromLead: boolean;
    /** Present when the last talk is too fresh to write (S4-20). */
    cooldownUntil?: Instant;
    /** The lead has written to this identity at some time, whoever wrote last. */
    repliedBefore?: boolean;
    /** After a withdrawal LinkedIn takes no new invitation for about three weeks (F014). */
    reinviteLockedUntil?: Instant;
  }
>;

export type SequencePlanned = Fact<'SequencePlanned', { steps: readonly PlannedStep[] }>;

/** One step made ready for its turn, by the scheduler or after a person's word. */
export interface Plan {
  readonly actionId: string;
  readonly step: number;
  /** Absent: s<step + 1>. */
  readonly stepId?: string;
  readonly kind: ActionKind;
  readonly messageType: string;
  readonly requiresConnection: boolean;
  readonly notBefore: Instant;
  /** IANA zone of the lead; empty: the schedule's fallback. */
  readonly zone: string;
  /** Lower goes first. */
  readonly priority: number;
  readonly firstTouch: boolean;
  /** Keyed fingerprint of the lead's company, for the cap per company; absent: unknown. */
  readonly companyKey?: string;
  /** An invitation that is to carry a note: the monthly quota counts them (F027). */
  readonly hasNote?: boolean;
  /** Which of the step's texts; absent: it has one. */
  readonly variantId?: string;
  /** The action whose plan this one brings back exactly. */
  readonly restores?: string;
  /** Why a person asked for it again. */
  readonly reason?: string;
}

export type ActionPlanned = Fact<'ActionPlanned', Plan>;

export type ActionIntended = Fact<
  'ActionIntended',
  { actionId: string; epoch: number; textSha256: string; syncedAt: Instant }
>;

export type ActionSucceeded = Fact<
  'ActionSucceeded',
  { actionId: string; epoch: number; kind: ActionKind; messageType: string; readBack: boolean }
>;

export type ActionRejected = Fact<
  'ActionRejected',
  {
    actionId: string;
    epoch: number;
    kind: ActionKind;
    label: string;
    /** The same action goes again later: a limit, not a refusal. */
    retry: boolean;
  }
>;

export type ActionOutcomeUnknown = Fact<
  'ActionOutcomeUnknown',
  { actionId: string; epoch: number }
>;

/** It is certain that nothing was sent: the same action may be tried again. */
export type ActionFoundAbsent = Fact<'ActionFoundAbsent', { actionId: string; epoch: number }>;

export type ActionDropped = Fact<'ActionDropped', { actionId: string; cause: string }>;

/** `branch` waits for an acceptance and then takes its way; `wait` for nothing but the time. */
export type DeadlineSet = Fact<
  'DeadlineSet',
  {
    kind: 'acceptance' | 'branch' | 'wait';
    dueAt: Instant;
    step?: number;
    /** Where the lead stands meanwhile; absent: it was not recorded yet. */
    stepId?: string;
  }
>;

export type InvitationAccepted = Fact<
  'InvitationAccepted',
  {
    acceptedAt: Instant;
    witness: string;
    /** When nobody waited for it any more; absent: it was in time (P09). */
    closedAt?: Instant;
    latePolicy?: LateAcceptance;
  }
>;

export type ReplyReceived = Fact<
  'ReplyReceived',
  { messageId: string; repliedAt: Instant; witness: string }
>;

export type EnrollmentPaused = Fact<'EnrollmentPaused', { pauseId: string; cause: string }>;
export type EnrollmentResumed = Fact<'EnrollmentResumed', { pauseId: string; reason?: string }>;
export type EnrollmentHalted = Fact<'EnrollmentHalted', { actionId: string; cause: string }>;
export type EnrollmentCompleted = Fact<'EnrollmentCompleted', unknown>;
export type EnrollmentStopped = Fact<
  'EnrollmentStopped',
  {
    cause: string;
    /** Of colleague_replied: who answered. */
    colleagueLeadId?: string;
    /** Of colleague_replied: keyed fingerprint of the company both work at. A correction of the reply brings them back. */
    companyKey?: string;
  }
>;
export type EnrollmentFailed = Fact<'EnrollmentFailed', { cause: string }>;
export type EnrollmentSkipped = Fact<'EnrollmentSkipped', { cause: string }>;
/** Without a cause: nobody accepted in time. */
export type EnrollmentExpired = Fact<'EnrollmentExpired', { cause?: string }>;
/** Without a cause: we withdrew it. */
export type EnrollmentWithdrawn = Fact<'EnrollmentWithdrawn', { cause?: string }>;

export type EnrollmentEvent =
  | LeadEnrolled
  | PersonRecognized
  | RelationChecked
  | SequencePlanned
  | ActionPlanned
  | ActionIntended
  | ActionSucceeded
  | ActionRejected
  | ActionOutcomeUnknown
  | ActionFoundAbsent
  | ActionDropped
  | DeadlineSet
  | InvitationAccepted
  | ReplyReceived
  | EnrollmentPaused
  | EnrollmentResumed
  | EnrollmentHalted
  | EnrollmentCompleted
  | EnrollmentStopped
  | EnrollmentFailed
  | EnrollmentSkipped
  | EnrollmentExpired
  | EnrollmentWithdrawn
  | DraftEvent
  | CourseEvent;
