import type { Instant } from '@overture/kernel';
import type {
  AcceptAttempt,
  AttemptCommand,
  ConfirmAttempt,
  FindAbsent,
  RejectAttempt,
} from './commands.js';
import type { AttemptEvent } from './events.js';
import { provesAbsence } from './read-back.js';
import type { KnownAttempt } from './state.js';

type Outcome = Exclude<AttemptCommand, { type: 'ReserveAttempt' | 'StartAttempt' }>;

/** What an outcome of the current claim changes; nothing where it is already known. */
export function settle(command: Outcome, state: KnownAttempt): AttemptEvent[] {
  // Somebody saw the effect: a fact, whatever we believed (I1).
  if (command.type === 'ConfirmAttempt') return seen(command, state);
  switch (state.status) {
    case 'reserved':
      return command.type === 'ReleaseAttempt' ? [released(state, command.data)] : [];
    case 'started':
      return settleStarted(command, state);
    case 'unknown':
      return settleUnknown(command, state);
    case 'absent':
    case 'undecided':
      return settleLate(command, state);
    default:
      return [];
  }
}

/** Nothing was sent: the claim can be given back. */
export function released(
  { attempt }: KnownAttempt,
  { cause, at, retryAt }: { cause: string; at: Instant; retryAt?: Instant },
): AttemptEvent {
  const data = retryAt === undefined ? { attempt, cause, at } : { attempt, cause, at, retryAt };
  return { type: 'AttemptReleased', data };
}

function settleStarted(command: Outcome, state: KnownAttempt): AttemptEvent[] {
  switch (command.type) {
    case 'AcceptAttempt':
      return [accepted(command, state)];
    case 'RejectAttempt':
      return [rejected(command, state)];
    case 'LoseAttempt':
      return [unknown(state, command.data)];
    case 'TakeOverAttempt':
      return [unknown(state, { detail: 'The sender that called is gone.', at: command.data.at })];
    case 'ReleaseAttempt':
      return [released(state, command.data)];
    default:
      return [];
  }
}

function settleUnknown(command: Outcome, state: KnownAttempt): AttemptEvent[] {
  switch (command.type) {
    case 'FindAbsent':
      return findAbsent(command, state);
    case 'LeaveUndecided': {
      const { detail, at } = command.data;
      return [{ type: 'AttemptUndecided', data: { attempt: state.attempt, detail, at } }];
    }
    default:
      return settleLate(command, state);
  }
}

function seen(command: ConfirmAttempt, state: KnownAttempt): AttemptEvent[] {
  const isKnown = state.status === 'accepted' || state.status === 'confirmed';
  return isKnown ? [] : [confirmed(state, command.data.effectAt, command)];
}

// An answer that comes after all is as good a witness as a read-back.
function settleLate(command: Outcome, state: KnownAttempt): AttemptEvent[] {
  return command.type === 'AcceptAttempt' ? [confirmed(state, command.data.at, command)] : [];
}

function accepted({ data }: AcceptAttempt, { attempt }: KnownAttempt): AttemptEvent {
  return {
    type: 'AttemptAccepted',
    data: {
      attempt,
      fingerprints: data.fingerprints ?? [],
      providerMessageId: data.providerMessageId ?? '',
      providerThreadId: data.providerThreadId ?? '',
      alreadyConnected: data.alreadyConnected ?? false,
      alreadyPending: data.alreadyPending ?? false,
      at: data.at,
    },
  };
}

function rejected({ data }: RejectAttempt, { attempt }: KnownAttempt): AttemptEvent {
  const { label, detail, at, postponedUntil } = data;
  const known = { attempt, label, detail, at };
  return {
    type: 'AttemptRejected',
    data: postponedUntil === undefined ? known : { ...known, postponedUntil },
  };
}

function unknown(
  { attempt }: KnownAttempt,
  { detail, at }: { detail: string; at: Instant },
): AttemptEvent {
  return { type: 'AttemptUnknown', data: { attempt, detail, at } };
}

function confirmed(
  { attempt }: KnownAttempt,
  effectAt: Instant,
  { data: { at } }: AcceptAttempt | ConfirmAttempt,
): AttemptEvent {
  return { type: 'AttemptConfirmed', data: { attempt, effectAt, at } };
}

function findAbsent({ data }: FindAbsent, state: KnownAttempt): AttemptEvent[] {
  const { readBacksAt, at } = data;
  if (!provesAbsence(state, readBacksAt)) return [];
  return [{ type: 'AttemptAbsent', data: { attempt: state.attempt, readBacksAt, at } }];
}
