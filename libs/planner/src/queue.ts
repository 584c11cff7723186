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
  /** Invitations that are to carry a note, which may have to wait for one while others need not (F027). */
  readonly hasNote?: boolean;
}
