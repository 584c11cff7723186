import type { Instant } from '@overture/kernel';
import type { AttemptEvent, AttemptRef } from './events.js';

export type OpenAttemptStatus = 'reserved' | 'started' | 'unknown';
export type SettledAttemptStatus =
  'accepted' | 'rejected' | 'confirmed' | 'absent' | 'undecided' | 'released';

export interface KnownAttempt {
  readonly status: OpenAttemptStatus | SettledAttemptStatus;
  readonly attempt: AttemptRef;
  /** How often this action was reserved; the last part of the attempt's id. */
  readonly number: number;
  /** Since when it stands as it does. */
  readonly since: Instant;
  /** Of the last rejection. */
  readonly label?: string;
}

/** All attempts at one action: only the last can be open. */
export type Attempt = { readonly status: 'none' } | KnownAttempt;

export const initialAttempt: Attempt = { status: 'none' };

/** Tracks facts and decides nothing: it never throws, never logs, never reads a clock. */
export function evolveAttempt(state: Attempt, event: AttemptEvent): Attempt {
  const { attempt, at: since } = event.data;
  const number = state.status === 'none' ? 1 : state.number;
  switch (event.type) {
    case 'AttemptReserved':
      return {
        status: 'reserved',
        attempt,
        since,
        number: state.status === 'none' ? 1 : number + 1,
      };
    case 'AttemptRejected':
      return { status: 'rejected', attempt, since, number, label: event.data.label };
    default:
      return { status: statusAfter[event.type], attempt, since, number };
  }
}

const statusAfter = {
  AttemptStarted: 'started',
  AttemptAccepted: 'accepted',
  AttemptUnknown: 'unknown',
  AttemptConfirmed: 'confirmed',
  AttemptAbsent: 'absent',
  AttemptUndecided: 'undecided',
  AttemptReleased: 'released',
} as const;

export function isOpen(state: Attempt): boolean {
  return state.status === 'reserved' || state.status === 'started' || state.status === 'unknown';
}

/** `<actionId>.<n>`: n grows only once the attempt before is proven not sent. */
export function attemptId(state: KnownAttempt): string {
  return `${state.attempt.actionId}.${state.number}`;
}
