import { DomainError, type Decider } from '@overture/kernel';
import type { AttemptCommand, ReserveAttempt, StartAttempt } from './commands.js';
import type { AttemptEvent } from './events.js';
import { released, settle } from './settle.js';
import { evolveAttempt, initialAttempt, isOpen, type Attempt, type KnownAttempt } from './state.js';

/** Trying one action: one call at a time, and none again before the last is proven not sent (I1, I10). */
export const attempt: Decider<Attempt, AttemptCommand, AttemptEvent> = {
  initialState: initialAttempt,
  decide: decideAttempt,
  evolve: evolveAttempt,
};

function decideAttempt(command: AttemptCommand, state: Attempt): AttemptEvent[] {
  if (command.type === 'ReserveAttempt') return reserve(command, state);
  if (state.status === 'none') {
    throw new DomainError('attempt/not-found', 'This action was never reserved.');
  }
  if (command.type === 'StartAttempt') return start(command, state);
  // What an older claim still reports was settled when the newer one was reserved.
  return command.data.epoch === state.attempt.epoch ? settle(command, state) : [];
}

const limits: ReadonlySet<string> = new Set(['LIMIT_REACHED', 'STATUS_429']);

/** True only where it is certain that nothing was sent and nothing else stands against another try. */
export function mayTryAgain(state: Attempt): boolean {
  if (state.status === 'rejected') return limits.has(state.label ?? '');
  return state.status === 'none' || state.status === 'absent' || state.status === 'released';
}

function reserve({ data }: ReserveAttempt, state: Attempt): AttemptEvent[] {
  const reserved: AttemptEvent = {
    type: 'AttemptReserved',
    data: { attempt: data.attempt, at: data.at },
  };
  if (state.status === 'none') return [reserved];
  if (data.attempt.epoch <= state.attempt.epoch) return [];
  // The older claim ran out before anything was sent; the newer one takes its place.
  if (state.status === 'reserved') {
    return [released(state, { cause: 'superseded', at: data.at }), reserved];
  }
  if (mayTryAgain(state)) return [reserved];
  const { actionId, epoch } = state.attempt;
  throw new DomainError(
    isOpen(state) ? 'attempt/in-flight' : 'attempt/settled',
    `Claim ${epoch} of this action is ${state.status}, so it is not tried again.`,
    { actionId, epoch, status: state.status },
  );
}

function start({ data }: StartAttempt, state: KnownAttempt): AttemptEvent[] {
  const { actionId, epoch } = state.attempt;
  if (data.epoch !== epoch) {
    throw new DomainError('attempt/stale-epoch', `Claim ${data.epoch} is over; ${epoch} holds.`, {
      actionId,
      epoch,
    });
  }
  if (state.status !== 'reserved') return [];
  const { textSha256, at } = data;
  return [{ type: 'AttemptStarted', data: { attempt: state.attempt, textSha256, at } }];
}
