import type { Instant } from '@overture/kernel';
import {
  currentAction,
  hasEnded,
  isInFlight,
  isPaused,
  type Enrolled,
  type Enrollment,
} from './state.js';

/** What an enrollment waits for: every one that has not ended has a time or a named cause (I7). */
export type NextAction =
  | { do: 'enroll' }
  | { do: 'check_relation' }
  | { do: 'await_resume'; pauseIds: readonly string[] }
  | { do: 'await_operator'; because: string }
  | { do: 'await_outcome'; actionId: string; epoch: number }
  | { do: 'await_acceptance'; until: Instant }
  | { do: 'send'; actionId: string; notBefore: Instant }
  | { do: 'nothing'; because: string };

/** Pure: the same answer for a watchdog, a screen and the forecast. */
export function nextAction(state: Enrollment): NextAction {
  if (state.status === 'new') return { do: 'enroll' };
  if (hasEnded(state)) return { do: 'nothing', because: state.because || state.status };
  if (state.status === 'halted') return { do: 'await_operator', because: state.because };
  const action = currentAction(state);
  if (action !== undefined && isInFlight(action)) {
    return { do: 'await_outcome', actionId: action.actionId, epoch: action.epoch };
  }
  return isPaused(state) ? { do: 'await_resume', pauseIds: openPauses(state) } : waiting(state);
}

/** The pauses that hold a lead; each ends by its own id (I8). */
export function openPauses(state: Enrolled): string[] {
  const open = Object.entries(state.pauses).filter(([, pause]) => pause.open);
  return open.map(([pauseId]) => pauseId);
}

function waiting(state: Enrolled): NextAction {
  if (state.status === 'checking') return { do: 'check_relation' };
  if (state.status === 'invited' && state.deadlineAt !== undefined) {
    return { do: 'await_acceptance', until: state.deadlineAt };
  }
  const action = currentAction(state);
  return action?.status === 'planned'
    ? { do: 'send', actionId: action.actionId, notBefore: action.notBefore }
    : { do: 'await_operator', because: state.because || 'nothing_planned' };
}
