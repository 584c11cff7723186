import type { Instant } from '@overture/kernel';
import type { Sequence } from '../campaign/sequence.js';
import type { CampaignSettings } from '../campaign/settings.js';
import type { FieldValues } from '../texts/fields.js';
import type { InvitationLapsed } from './course-events.js';
import type { EnrollmentRef, EnrollmentStopped, LeadEnrolled, Relation } from './events.js';

/** What planning needs: the sequence of the recorded version and the lead's IANA zone (empty: unknown). */
export interface Planning {
  readonly sequence: Sequence;
  readonly zone: string;
  /** Keyed fingerprint of the lead's company; absent or empty: unknown. */
  readonly companyKey?: string;
  /** What branches ask about; never recorded. */
  readonly fields?: FieldValues;
  /** What goes first when both wait; absent: follow-ups (F020). */
  readonly first?: CampaignSettings['first'];
}

interface Command<Type extends string, Data> {
  type: Type;
  data: Data & { at: Instant };
}

/** Which claim of which action an outcome is about. */
interface Claim {
  actionId: string;
  epoch: number;
}

export type EnrollLead = Command<'EnrollLead', Omit<LeadEnrolled['data'], 'at'> & EnrollmentRef>;

export type CheckRelation = Command<
  'CheckRelation',
  {
    relation: Relation;
    lastMessageAt?: Instant;
    lastMessageFromLead: boolean;
    /** The lead has written to this identity at some time, whoever wrote last. */
    repliedBefore?: boolean;
    /** Of a withdrawal in this or another campaign. */
    reinviteLockedUntil?: Instant;
    /** How long after the last talk nothing is sent; absent: three days. */
    cooldownMs?: number;
    /** Why this person is not contacted after all; absent: nothing speaks against it. */
    passOver?: string;
    planning: Planning;
  }
>;

export type IntendAction = Command<
  'IntendAction',
  Claim & {
    /** Hash of exactly what will be sent. */
    textSha256: string;
    /** When the sender last saw the conversation, and what it saw. */
    syncedAt: Instant;
    relation: Relation | 'unknown';
    /** Of a withdrawal that was not known when it was planned. */
    reinviteLockedUntil?: Instant;
  }
>;

export type RecordAccepted = Command<
  'RecordAccepted',
  Claim & { alreadyConnected?: boolean; planning: Planning }
>;
export type RecordConfirmed = Command<'RecordConfirmed', Claim & { planning: Planning }>;
export type RecordRejected = Command<
  'RecordRejected',
  Claim & { label: string; planning: Planning }
>;
export type RecordUnknown = Command<'RecordUnknown', Claim>;
export type RecordAbsent = Command<'RecordAbsent', Claim & { planning: Planning }>;
export type RecordUndecided = Command<'RecordUndecided', Claim & { planning: Planning }>;
export type RecordReleased = Command<
  'RecordReleased',
  Claim & { cause: string; planning: Planning }
>;

export type RecordAcceptance = Command<
  'RecordAcceptance',
  {
    acceptedAt: Instant;
    witness: string;
    planning: Planning;
    /** False: somebody else works this person now, or the campaign is over; absent: true. */
    mayReopen?: boolean;
  }
>;
/** What sync has seen of an invitation, whoever sent it and whoever took it back. */
export type RecordInvitationGone = Command<
  'RecordInvitationGone',
  Omit<InvitationLapsed['data'], 'at'> & { planning: Planning }
>;
export type RecordReply = Command<
  'RecordReply',
  { messageId: string; repliedAt: Instant; witness: string }
>;
export type PassDeadline = Command<'PassDeadline', { planning: Planning }>;
export type RecognizePerson = Command<'RecognizePerson', { fingerprints: readonly string[] }>;

export type PauseEnrollment = Command<'PauseEnrollment', { pauseId: string; cause: string }>;
export type ResumeEnrollment = Command<'ResumeEnrollment', { pauseId: string; reason?: string }>;
export type StopEnrollment = Command<'StopEnrollment', Omit<EnrollmentStopped['data'], 'at'>>;
export type RetryAction = Command<
  'RetryAction',
  {
    planning: Planning;
    reason?: string;
    /** Named, an action is tried again once, however often it is asked for; absent: the one that holds the lead. */
    actionId?: string;
  }
>;

/** What a person says, and who it was. */
interface Said {
  reason: string;
  by: string;
}

/** It is left out once, however often it is asked for. */
export type SkipStep = Command<'SkipStep', Said & { stepId: string; planning: Planning }>;
export type CompleteTask = Command<
  'CompleteTask',
  { actionId: string; by: string; planning: Planning }
>;

export type EditDraft = Command<'EditDraft', { actionId: string; textSha256: string; by: string }>;
export type ApproveDraft = Command<
  'ApproveDraft',
  { actionId: string; textSha256: string; by: string }
>;
export type SkipDraft = Command<'SkipDraft', Said & { actionId: string; planning: Planning }>;

export type MoveToVersion = Command<
  'MoveToVersion',
  Said & {
    moveId: string;
    /** The version it follows until now. */
    from: Sequence;
    /** Of the version it is moved to. */
    planning: Planning;
  }
>;
/** Planning of the version from before the move. */
export type UndoMove = Command<'UndoMove', Said & { moveId: string; planning: Planning }>;

/** Empty id: every message that counts as a reply. */
export type CorrectReply = Command<
  'CorrectReply',
  Said & { messageId: string; planning: Planning }
>;
export type CorrectAcceptance = Command<'CorrectAcceptance', Said & { planning: Planning }>;
/** Of a stop that was for a colleague's reply; any other stop is for good. */
export type CorrectStop = Command<'CorrectStop', Said & { planning: Planning }>;

export type EnrollmentCommand =
  | EnrollLead
  | CheckRelation
  | IntendAction
  | RecordAccepted
  | RecordConfirmed
  | RecordRejected
  | RecordUnknown
  | RecordAbsent
  | RecordUndecided
  | RecordReleased
  | RecordAcceptance
  | RecordInvitationGone
  | RecordReply
  | PassDeadline
  | RecognizePerson
  | PauseEnrollment
  | ResumeEnrollment
  | StopEnrollment
  | RetryAction
  | SkipStep
  | CompleteTask
  | EditDraft
  | ApproveDraft
  | SkipDraft
  | MoveToVersion
  | UndoMove
  | CorrectReply
  | CorrectAcceptance
  | CorrectStop;
