import type { Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';

/** Whose actions wait together: every rule says the same about each of them, but for the instant it is due. */
export interface QueueName {
  readonly identityId: string;
  readonly kind: ActionKind;
  readonly campaignId: string;
  /** IANA zone of the leads; empty: the schedule's fallback. */
  readonly zone: string;
  /** Lower goes first. */
  readonly priority: number;
  readonly firstTouch: boolean;
}

export interface PlannedAction extends QueueName {
  readonly actionId: string;
  readonly leadId: string;
  readonly dueAt: Instant;
}

export interface EnrollmentRef {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
}

/** An action's id names its enrollment: `<enrollmentId>.<step>.<occurrence>`. */
export function enrollmentOf(actionId: string): string {
  return actionId.slice(0, actionId.indexOf('.'));
}

/** The first and the last id that an action of this enrollment could have, in the order of bytes. */
export function actionIdsOf(enrollmentId: string): { firstId: string; lastId: string } {
  return { firstId: `${enrollmentId}.`, lastId: `${enrollmentId}.~` };
}
