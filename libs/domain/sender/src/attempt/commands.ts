import type { Instant } from '@overture/kernel';
import type { AttemptRef, Effect } from './events.js';

interface Command<Type extends string, Data = unknown> {
  type: Type;
  data: Data & { at: Instant };
}

interface OfEpoch {
  epoch: number;
}

/** A claim came in. */
export type ReserveAttempt = Command<'ReserveAttempt', { attempt: AttemptRef }>;
/** The last write before the call. Only who got the event back may call; who got nothing may not. */
export type StartAttempt = Command<'StartAttempt', OfEpoch & { textSha256: string }>;
export type AcceptAttempt = Command<'AcceptAttempt', OfEpoch & Partial<Effect>>;
export type RejectAttempt = Command<
  'RejectAttempt',
  OfEpoch & { label: string; detail: string; postponedUntil?: Instant }
>;
/** The call ended without an answer that says what happened. */
export type LoseAttempt = Command<'LoseAttempt', OfEpoch & { detail: string }>;
/** A new owner found the attempt: whatever its former owner had started may have been sent. */
export type TakeOverAttempt = Command<'TakeOverAttempt', OfEpoch>;
export type ConfirmAttempt = Command<'ConfirmAttempt', OfEpoch & { effectAt: Instant }>;
/** `readBacksAt`: every read-back so far, each of which found nothing. */
export type FindAbsent = Command<'FindAbsent', OfEpoch & { readBacksAt: readonly Instant[] }>;
export type LeaveUndecided = Command<'LeaveUndecided', OfEpoch & { detail: string }>;
/** Before the call by our own decision, or because not one byte left this machine. */
export type ReleaseAttempt = Command<
  'ReleaseAttempt',
  OfEpoch & { cause: string; retryAt?: Instant }
>;

export type AttemptCommand =
  | ReserveAttempt
  | StartAttempt
  | AcceptAttempt
  | RejectAttempt
  | LoseAttempt
  | TakeOverAttempt
  | ConfirmAttempt
  | FindAbsent
  | LeaveUndecided
  | ReleaseAttempt;
