export type {
  AcceptAttempt,
  AttemptCommand,
  ConfirmAttempt,
  FindAbsent,
  LeaveUndecided,
  LoseAttempt,
  RejectAttempt,
  ReleaseAttempt,
  ReserveAttempt,
  StartAttempt,
  TakeOverAttempt,
} from './attempt/commands.js';
export { attempt, mayTryAgain } from './attempt/decide.js';
export {
  attemptCategory,
  type AttemptEvent,
  type AttemptRef,
  type Effect,
} from './attempt/events.js';
export {
  nextStep,
  readBackEveryMs,
  readBacksMin,
  settleDelayMs,
  type NextStep,
} from './attempt/read-back.js';
export {
  attemptId,
  isOpen,
  type Attempt,
  type KnownAttempt,
  type OpenAttemptStatus,
  type SettledAttemptStatus,
} from './attempt/state.js';
export { companionCategory, companionStream, type CompanionEvent } from './companion/events.js';
