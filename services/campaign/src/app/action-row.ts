import type { Action, ActionStatus } from '@overture/domain-campaign';
import type { Instant } from '@overture/kernel';

/** One step of one lead as the queue shows it; `waiting`: its turn has not come (S2-17). */
export interface ActionRow {
  readonly actionId: string;
  readonly step: number;
  readonly stepId: string;
  readonly kind: Action['kind'];
  readonly messageType: string;
  readonly requiresConnection: boolean;
  readonly status: 'waiting' | ActionStatus;
  readonly scheduledFor: Instant | null;
  readonly sentAt: Instant | null;
  readonly reason: string;
  /** Which of the step's texts; empty: it has one. */
  readonly variantId: string;
  /** Of a draft. */
  readonly expiresAt: Instant | null;
  readonly approvedBy: string;
  readonly approvedAt: Instant | null;
}

export type Actions = ReadonlyMap<string, ActionRow>;

/** Of what needs no approval. */
export const noDraft = { expiresAt: null, approvedBy: '', approvedAt: null } as const;
