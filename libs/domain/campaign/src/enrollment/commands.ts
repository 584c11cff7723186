import type { Instant } from '@overture/kernel';
import type { Sequence } from '../campaign/sequence.js';
import type { EnrollmentRef, LeadEnrolled, Relation } from './events.js';

/** What planning needs: the sequence of the recorded version and the lead's IANA zone (empty: unknown). */
export interface Planning {
  readonly sequence: Sequence;
  readonly zone: string;
  /** Keyed fingerprint of the lead's company; absent or empty: unknown. */
  readonly companyKey?: string;
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
  { acceptedAt: Instant; witness: string; planning: Planning }
>;
export type RecordReply = Command<
  'RecordReply',
  { messageId: string; repliedAt: Instant; witness: string }
>;
export type PassDeadline = Command<'PassDeadline', unknown>;
export type RecognizePerson = Command<'RecognizePerson', { fingerprints: readonly string[] }>;

export type PauseEnrollment = Command<'PauseEnrollment', { pauseId: string; cause: string }>;
export type ResumeEnrollment = Command<'ResumeEnrollment', { pauseId: string }>;
export type StopEnrollment = Command<'StopEnrollment', { cause: string }>;
export type RetryAction = Command<'RetryAction', { planning: Planning }>;

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
  | RecordReply
  | PassDeadline
  | RecognizePerson
  | PauseEnrollment
  | ResumeEnrollment
  | StopEnrollment
  | RetryAction;
