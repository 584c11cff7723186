import type { Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import type { CampaignType } from '../campaign/sequence.js';
import type { EnrollmentRef, Relation } from './events.js';

/** `unknown`: the call was made and nobody knows its effect; it is read back, never sent again blindly (I10). */
export type ActionStatus = 'planned' | 'intended' | 'unknown' | 'sent' | 'failed' | 'dropped';

export interface Action {
  readonly actionId: string;
  readonly step: number;
  readonly kind: ActionKind;
  readonly messageType: string;
  readonly status: ActionStatus;
  /** The claim that last acted on it; 0 before the first. */
  readonly epoch: number;
  readonly notBefore: Instant;
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
  readonly cooldownUntil?: Instant;
  readonly deadlineAt?: Instant;
  readonly acceptedAt?: Instant;
  readonly repliedAt?: Instant;
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
