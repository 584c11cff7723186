import type { Instant } from '@overture/kernel';
import type { Fact } from './events.js';

// Stored as those of events.ts: add to them; never rename, never reuse. What leads a lead another way.

export type BranchTaken = Fact<
  'BranchTaken',
  {
    step: number;
    stepId: string;
    outcome: 'yes' | 'no';
    /** Names the rule and the field, never what the field says. */
    because: string;
    /** Steps that can no longer be reached. */
    passedOver: readonly number[];
  }
>;

/** Done and ticked off by a person (F011). */
export type TaskOpened = Fact<
  'TaskOpened',
  { actionId: string; step: number; stepId?: string; dueAt: Instant; restores?: string }
>;

export type TaskCompleted = Fact<'TaskCompleted', { actionId: string; by: string }>;

export type StepSkipped = Fact<
  'StepSkipped',
  { step: number; stepId: string; actionId: string; reason: string; by: string }
>;

export type EnrollmentMoved = Fact<
  'EnrollmentMoved',
  {
    moveId: string;
    fromVersion: number;
    toVersion: number;
    /** Where it lands; -1: it stays where it is (it is being checked, or waits for a person). */
    step: number;
    reason: string;
    by: string;
  }
>;

export type MoveUndone = Fact<
  'MoveUndone',
  { moveId: string; toVersion: number; reason: string; by: string }
>;

/** Another message of a lead whose reply has stopped everything; it counts when the first one is corrected. */
export type FurtherReplyReceived = Fact<
  'FurtherReplyReceived',
  { messageId: string; repliedAt: Instant; witness: string }
>;

/** The message was no reply (P03, M14); when no other is known, status and plan stand as before. */
export type ReplyCorrected = Fact<
  'ReplyCorrected',
  { messageId: string; reason: string; by: string }
>;

/** It was none: status and plan stand as before (M14). */
export type AcceptanceCorrected = Fact<'AcceptanceCorrected', { reason: string; by: string }>;

/** Nobody of the company has answered after all: status and plan stand as before the stop (F034, M14). */
export type StopCorrected = Fact<'StopCorrected', { reason: string; by: string }>;

/** No longer open, and nobody accepted: withdrawn by hand, declined or run out; LinkedIn does not tell which (F014). */
export type InvitationLapsed = Fact<
  'InvitationLapsed',
  {
    sentAt: Instant;
    /** When it was seen that it is gone. */
    goneAt: Instant;
    witness: string;
    reinviteLockedUntil: Instant;
  }
>;

export type CourseEvent =
  | BranchTaken
  | TaskOpened
  | TaskCompleted
  | StepSkipped
  | EnrollmentMoved
  | MoveUndone
  | FurtherReplyReceived
  | ReplyCorrected
  | InvitationLapsed
  | AcceptanceCorrected
  | StopCorrected;
