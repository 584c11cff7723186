import type { Instant } from '@overture/kernel';

// These names and shapes are stored: add to them; never rename, never reuse.
export const attemptCategory = 'attempt';

/** Which claim of which action is being tried, and for whom. */
export interface AttemptRef {
  readonly enrollment: {
    readonly enrollmentId: string;
    readonly campaignId: string;
    readonly leadId: string;
    readonly identityId: string;
  };
  readonly actionId: string;
  /** The claim's fencing epoch: grows with every claim of the same action. */
  readonly epoch: number;
  readonly kind: 'visit' | 'connect' | 'message' | 'withdraw' | 'inmail' | 'comment';
  /** The claim decided that the invitation goes without its note (F027). */
  readonly withoutNote?: boolean;
}

interface AttemptFact<Type extends string, Data = unknown> {
  type: Type;
  data: Data & { attempt: AttemptRef; at: Instant };
}

/** What the provider named; kept with the success. */
export interface Effect {
  readonly fingerprints: readonly string[];
  readonly providerMessageId: string;
  readonly providerThreadId: string;
  readonly alreadyConnected: boolean;
  readonly alreadyPending: boolean;
}

export type AttemptReserved = AttemptFact<'AttemptReserved'>;
export type AttemptStarted = AttemptFact<'AttemptStarted', { textSha256: string }>;
export type AttemptAccepted = AttemptFact<'AttemptAccepted', Effect>;
export type AttemptRejected = AttemptFact<
  'AttemptRejected',
  { label: string; detail: string; postponedUntil?: Instant }
>;
export type AttemptUnknown = AttemptFact<'AttemptUnknown', { detail: string }>;
/** A read-back found the effect. */
export type AttemptConfirmed = AttemptFact<'AttemptConfirmed', { effectAt: Instant }>;
/** Read-backs found nothing, often and late enough: certainly not sent. */
export type AttemptAbsent = AttemptFact<'AttemptAbsent', { readBacksAt: readonly Instant[] }>;
/** The read-backs cannot tell; an operator decides. */
export type AttemptUndecided = AttemptFact<'AttemptUndecided', { detail: string }>;
/** Nothing was sent, by our own decision. */
export type AttemptReleased = AttemptFact<'AttemptReleased', { cause: string; retryAt?: Instant }>;

export type AttemptEvent =
  | AttemptReserved
  | AttemptStarted
  | AttemptAccepted
  | AttemptRejected
  | AttemptUnknown
  | AttemptConfirmed
  | AttemptAbsent
  | AttemptUndecided
  | AttemptReleased;
