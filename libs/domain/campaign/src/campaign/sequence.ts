import { actionKinds } from '@overture/policy';
import type { Variant } from '../texts/variants.js';

/** A connector invites first (2nd and 3rd degree); a messenger writes at once (1st degree) (S2-01, S2-02). */
export type CampaignType = 'connector' | 'messenger';

/** What the product does by itself, what a person does (F011), and what only leads on. */
export const stepKinds = [...actionKinds, 'task', 'wait', 'branch'] as const;
export type StepKind = (typeof stepKinds)[number];

export type Condition =
  /** Waits: yes when the invitation is accepted, no when the days are over (F013). */
  | { readonly when: 'accepted_within'; readonly days: number }
  /** Whether the lead had ever written to this identity before it was enrolled. */
  | { readonly when: 'replied_before' }
  | {
      readonly when: 'field';
      readonly name: string;
      readonly op: 'present' | 'equals' | 'contains';
      readonly value?: string;
    };

/** Both ways are step ids or `end`: a branch without a no-path would end leads in silence (P10). */
export type Branch = Condition & { readonly yes: string; readonly no: string };

export interface Step {
  readonly kind: StepKind;
  /** After the step before; after the acceptance for the first message of a connector. */
  readonly delayMs: number;
  /** The note of a connect, the text of a message, an InMail, a comment or a task, with {first_name}-style fields. */
  readonly text: string;
  /** Stays the same from version to version; absent: s1, s2, … by place. */
  readonly id?: string;
  /** The step that follows, or `end`; absent: the one below. */
  readonly next?: string;
  /** Of an InMail (F009). */
  readonly subject?: string;
  /** The post a comment goes to; a template (F007). */
  readonly postUrl?: string;
  /** A person approves each text before it goes (F069). */
  readonly review?: boolean;
  readonly variants?: readonly Variant[];
  /** A note of up to 300 characters is asked for (S3-10). */
  readonly longNote?: boolean;
  readonly branch?: Branch;
}

/** What is done about who accepts when nobody waits any more (F015). */
export type LateAcceptance = 'message' | 'park' | 'ignore';

/** A version that was launched never changes: leads finish on the version they started (F016). */
export interface Sequence {
  readonly version: number;
  readonly steps: readonly Step[];
  /** How long an invitation may stay unanswered before the enrollment expires; connector only. */
  readonly acceptWithinDays: number;
  /** Absent: ignore. */
  readonly lateAcceptance?: LateAcceptance;
  /** Absent: expire. */
  readonly whenNotAccepted?: 'expire' | 'withdraw';
  /** A person approves every text of the sequence. */
  readonly review?: boolean;
}

export const acceptWithinDaysDefault = 21;

/** What one lead's queue is worth when it is launched: the unit of `totalMessages` (S2-29, S2-46). */
export function messageCount(sequence: Sequence): number {
  return sequence.steps.filter((step) => step.kind === 'message').length;
}

const namedByKind: Readonly<Partial<Record<StepKind, string>>> = {
  connect: 'connection_request',
  inmail: 'inmail',
  comment: 'comment',
};

/** direct_message_1, direct_message_2, … (S2-24); connection_request; empty for what carries no text. */
export function messageTypeOf(sequence: Sequence, index: number): string {
  const kind = sequence.steps[index]?.kind;
  if (kind === undefined) return '';
  if (kind !== 'message') return namedByKind[kind] ?? '';
  const before = sequence.steps.slice(0, index).filter((step) => step.kind === 'message').length;
  return `direct_message_${before + 1}`;
}

/** Whether a person approves what this step says before it goes. */
export function isReviewed({ review }: Sequence, step: Step): boolean {
  const speaks = step.kind in namedByKind || step.kind === 'message';
  return speaks && (step.review ?? review ?? false);
}
