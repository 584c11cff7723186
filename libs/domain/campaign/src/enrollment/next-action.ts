import type { Instant } from '@overture/kernel';
import {
  currentAction,
  hasEnded,
  isInFlight,
  isPaused,
  type Action,
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
  /** A step that only waits. */
  | { do: 'await_time'; until: Instant }
  /** A draft that a person has not approved yet. */
  | { do: 'await_review'; actionId: string; until: Instant }
  | { do: 'await_task'; actionId: string; dueAt: Instant }
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
  if (state.deadline !== undefined) {
    const { kind, dueAt } = state.deadline;
    return { do: kind === 'wait' ? 'await_time' : 'await_acceptance', until: dueAt };
  }
  const action = currentAction(state);
  const next = action && nextOf(action);
  return next ?? { do: 'await_operator', because: state.because || 'nothing_planned' };
}

function nextOf({ status, actionId, notBefore, expiresAt }: Action): NextAction | undefined {
  switch (status) {
    case 'planned':
      return { do: 'send', actionId, notBefore };
    case 'todo':
      return { do: 'await_task', actionId, dueAt: notBefore };
    case 'drafted':
      return { do: 'await_review', actionId, until: expiresAt ?? notBefore };
    default:
      return undefined;
  }
}
