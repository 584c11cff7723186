import type { Instant } from '@overture/kernel';

/** Our words for what a provider said; every adapter maps its own labels to these. */
export type RejectionLabel =
  | 'LIMIT_REACHED'
  | 'STATUS_429'
  | 'NOT_CONNECTED'
  | 'ALREADY_CONNECTED'
  | 'INVITATION_PENDING'
  | 'PROFILE_NOT_ACCESSIBLE'
  | 'AUTH_EXPIRED'
  | 'INVALID_INPUT'
  | 'INMAIL_UNAVAILABLE'
  | 'PLAN_REQUIRED'
  | 'ACCOUNT_RESTRICTED'
  | 'PROVIDER_CONFIG'
  | 'NOT_SUPPORTED';

/** The names one person goes by. `numericId` and `memberId` (`ACo…`) are stable, a handle is not. */
export interface PersonIds {
  readonly numericId?: string;
  readonly memberId?: string;
  readonly handle?: string;
}

/** What the provider answered, for the record. `message` may name a person: seal it, never log it. */
export interface ProviderAnswer {
  readonly status: number;
  readonly label?: string;
  readonly reference?: string;
  readonly message?: string;
}

/** The provider performed the action, or found that it already was so. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly person: PersonIds;
  /** When the provider says it happened. */
  readonly at?: Instant;
  readonly messageId?: string;
  readonly threadId?: string;
  readonly threadUrl?: string;
  /** Where what was written can be seen. */
  readonly resultUrl?: string;
  /** Connect only: nothing was sent, the two were connected before. */
  readonly alreadyConnected?: boolean;
  /** Connect only: the invitation waits for an answer. */
  readonly pending?: boolean;
}

/** The provider refused by a documented rule: nothing was sent. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly label: RejectionLabel;
  /** For people; holds no personal datum and no secret. */
  readonly detail: string;
  readonly postponedUntil?: Instant;
  readonly retryAfterMs?: number;
  readonly answer?: ProviderAnswer;
}

/** It may or may not have happened: read back before anything else, never send again blindly (I1). */
export interface Unknown {
  readonly kind: 'unknown';
  readonly detail: string;
  readonly answer?: ProviderAnswer;
}

/** The request was never written to a socket: nothing happened, it may be tried again. */
export interface NotSent {
  readonly kind: 'not_sent';
  readonly detail: string;
}

export type WriteOutcome = Accepted | Rejected | Unknown | NotSent;

/** A read was refused by a documented rule. Anything else a read meets is a TransientError. */
export class ProviderRejection extends Error {
  readonly label: RejectionLabel;
  readonly postponedUntil?: Instant;
  readonly retryAfterMs?: number;
  readonly answer?: ProviderAnswer;

  constructor(rejected: Omit<Rejected, 'kind'>) {
    super(rejected.detail);
    this.name = 'ProviderRejection';
    this.label = rejected.label;
    if (rejected.postponedUntil !== undefined) this.postponedUntil = rejected.postponedUntil;
    if (rejected.retryAfterMs !== undefined) this.retryAfterMs = rejected.retryAfterMs;
    if (rejected.answer !== undefined) this.answer = rejected.answer;
  }
}
