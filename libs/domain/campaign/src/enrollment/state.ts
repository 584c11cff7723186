import type { Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import type { CampaignType } from '../campaign/sequence.js';
import type { EnrollmentRef, Plan, Relation } from './events.js';

/**
 * `unknown`: the call was made and nobody knows its effect; it is read back, never sent again blindly (I10).
 * `drafted` waits for an approval, `todo` for a person who does it and ticks it off.
 */
export type ActionStatus =
  'drafted' | 'todo' | 'planned' | 'intended' | 'unknown' | 'sent' | 'done' | 'failed' | 'dropped';

export interface Action {
  readonly actionId: string;
  readonly step: number;
  /** The step's own name; an index means another step in another version. */
  readonly stepId: string;
  readonly kind: ActionKind | 'task';
  readonly messageType: string;
  readonly status: ActionStatus;
  /** The claim that last acted on it; 0 before the first. */
  readonly epoch: number;
  readonly notBefore: Instant;
  /** As it was handed out; a task has none. */
  readonly plan?: Plan;
  /** Of a draft: from here on it is not sent (I15). */
  readonly expiresAt?: Instant;
  /** Of a draft that a person has changed. */
  readonly editedSha256?: string;
  /** Of an approved draft: the only text that may be sent (I11). */
  readonly approvedSha256?: string;
}

/** What a lead waits for beside actions; see DeadlineSet. */
export interface Deadline {
  readonly kind: 'acceptance' | 'branch' | 'wait';
  readonly dueAt: Instant;
  readonly step?: number;
  readonly stepId?: string;
}

/** The moment from which nobody waited for an acceptance any more, and where it was waited for. */
export interface Closed {
  readonly at: Instant;
  readonly step?: number;
}

/** Where a lead stood before something that may prove wrong: a correction brings back exactly this (M14, M10). */
export interface Standing {
  readonly status: OpenStatus | EndStatus;
  readonly because: string;
  readonly sequenceVersion: number;
  readonly currentActionId?: string;
  /** Of the current action. */
  readonly actionStatus?: ActionStatus;
  readonly deadline?: Deadline;
  readonly closed?: Closed;
  readonly acceptedAt?: Instant;
}

export type OpenStatus =
  | 'checking'
  | 'ready_to_connect'
  | 'ready_to_message'
  | 'cooldown'
  | 'invited'
  | 'connected'
  | 'messaging'
  | 'halted';

export type EndStatus =
  'replied' | 'completed' | 'stopped' | 'failed' | 'skipped' | 'expired' | 'withdrawn';

export interface Pause {
  readonly cause: string;
  /** Closed pauses stay known, so that a late repeat of one opens nothing. */
  readonly open: boolean;
}

export interface Enrolled extends EnrollmentRef {
  /** Where it stands; a pause does not move it. */
  readonly status: OpenStatus | EndStatus;
  /** Why it halted or ended. */
  readonly because: string;
  readonly campaignType: CampaignType;
  readonly sequenceVersion: number;
  readonly fingerprints: readonly string[];
  readonly pauses: Readonly<Record<string, Pause>>;
  readonly actions: Readonly<Record<string, Action>>;
  /** The action whose turn it is, or was last. */
  readonly currentActionId?: string;
  readonly relation?: Relation;
  readonly repliedBefore?: boolean;
  readonly reinviteLockedUntil?: Instant;
  readonly cooldownUntil?: Instant;
  readonly deadline?: Deadline;
  readonly closed?: Closed;
  /** Of this enrollment or one that was open before it; `lapsed` without our doing. */
  readonly invitation?: 'open' | 'withdrawn' | 'lapsed';
  /** When ours went out. */
  readonly invitedAt?: Instant;
  readonly acceptedAt?: Instant;
  readonly repliedAt?: Instant;
  /** Messages that count as replies, oldest first. */
  readonly replies: readonly { readonly messageId: string; readonly repliedAt: Instant }[];
  /** Steps a person has left out. */
  readonly skippedSteps: readonly string[];
  /** An acceptance was recorded and proved to be none. */
  readonly misjudged?: true;
  /** Messages that are none, whoever reports them again (P03). */
  readonly noReplies: readonly string[];
  readonly beforeReply?: Standing;
  readonly beforeAcceptance?: Standing;
  /** Before a colleague's reply stopped it. */
  readonly beforeStop?: Standing & { readonly companyKey: string };
  readonly beforeMove?: Standing & {
    readonly moveId: string;
    /** Actions that existed already; what others did happened on the other version. */
    readonly knownActions: readonly string[];
  };
}

/** A lead whose campaign was not launched for it yet is `new`. */
export type Enrollment = { readonly status: 'new' } | Enrolled;

export const initialEnrollment: Enrollment = { status: 'new' };

const ends: ReadonlySet<string> = new Set<EndStatus>([
  'replied',
  'completed',
  'stopped',
  'failed',
  'skipped',
  'expired',
  'withdrawn',
]);

export function hasEnded(state: Enrollment): boolean {
  return ends.has(state.status);
}

export function isPaused(state: Enrolled): boolean {
  return Object.values(state.pauses).some((pause) => pause.open);
}

export function currentAction(state: Enrolled): Action | undefined {
  return state.currentActionId === undefined ? undefined : state.actions[state.currentActionId];
}

/** What is still to happen of it can be taken back. */
export function isWaiting({ status }: Action): boolean {
  return status === 'planned' || status === 'drafted' || status === 'todo';
}

/** At most the call already in flight completes after a stop (P5). */
export function isInFlight(action: Action): boolean {
  return action.status === 'intended' || action.status === 'unknown';
}

export type ShownStatus = Enrollment['status'] | 'paused';

/** The one status people see: `paused` covers where it stands until every pause is over. */
export function statusOf(state: Enrollment): ShownStatus {
  if (state.status === 'new' || hasEnded(state)) return state.status;
  return isPaused(state) ? 'paused' : state.status;
}
