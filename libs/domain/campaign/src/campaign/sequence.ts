import type { ActionKind } from '@overture/policy';

/** A connector invites first (2nd and 3rd degree); a messenger writes at once (1st degree) (S2-01, S2-02). */
export type CampaignType = 'connector' | 'messenger';

export interface Step {
  readonly kind: ActionKind;
  /** After the step before; after the acceptance for the first message of a connector. */
  readonly delayMs: number;
  /** The note of a connect or the text of a message, with {first_name}-style fields. */
  readonly text: string;
}

/** A version that was launched never changes: leads finish on the version they started (F016). */
export interface Sequence {
  readonly version: number;
  readonly steps: readonly Step[];
  /** How long an invitation may stay unanswered before the enrollment expires; connector only. */
  readonly acceptWithinDays: number;
}

export const acceptWithinDaysDefault = 21;

/** What one lead's queue is worth when it is launched: the unit of `totalMessages` (S2-29, S2-46). */
export function messageCount(sequence: Sequence): number {
  return sequence.steps.filter((step) => step.kind === 'message').length;
}

/** direct_message_1, direct_message_2, … (S2-24); connection_request; empty for what carries no text. */
export function messageTypeOf(sequence: Sequence, index: number): string {
  const kind = sequence.steps[index]?.kind;
  if (kind === 'connect') return 'connection_request';
  if (kind !== 'message') return '';
  const before = sequence.steps.slice(0, index).filter((step) => step.kind === 'message').length;
  return `direct_message_${before + 1}`;
}
