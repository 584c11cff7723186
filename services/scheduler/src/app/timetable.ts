import type { Instant } from '@overture/kernel';
import type { QueueName } from '@overture/planner';

export interface PlannedAction extends QueueName {
  readonly actionId: string;
  readonly leadId: string;
  readonly dueAt: Instant;
  /** Keyed fingerprint of the lead's company; absent or empty: unknown. */
  readonly companyKey?: string;
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
