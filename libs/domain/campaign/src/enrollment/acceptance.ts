import { earliest } from '@overture/kernel';
import { afterInvitation } from '../campaign/graph.js';
import type { Sequence } from '../campaign/sequence.js';
import type { Planning, RecordAcceptance } from './commands.js';
import type { EnrollmentEvent } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { acceptedFact, welcomeLate } from './late.js';
import { dropWaiting } from './drops.js';
import { proceed, stepAfter, type Timing } from './plan.js';
import { isConnected } from './standing.js';
import { currentAction, hasEnded, isInFlight, type Action, type Enrolled } from './state.js';

/** Several witnesses see one acceptance, some of them late (P09): the first is recorded, also after the end. */
export function recordAcceptance({ data }: RecordAcceptance, state: Enrolled): EnrollmentEvent[] {
  const { planning, mayReopen, ...seen } = data;
  if (state.campaignType === 'messenger' || isConnected(state)) return [];
  const accepted = acceptedFact(state, seen, planning);
  const known = evolveEnrolled(state, accepted);
  const timing = { at: seen.at, since: earliest(seen.acceptedAt, seen.at) };
  if (state.status === 'checking') return [accepted];
  if (!hasEnded(state)) return [accepted, ...goOn(known, planning, timing)];
  const reopens = mayReopen !== false && reopened.has(state.status);
  return reopens ? [accepted, ...(welcomeLate(known, planning, timing) ?? [])] : [accepted];
}

/** Ends that came because nobody accepted; the others are somebody's decision. */
const reopened: ReadonlySet<string> = new Set(['expired', 'completed', 'withdrawn']);

/** An acceptance leads on whoever was waiting for it, and frees whoever was about to ask for it. */
export function goOn(state: Enrolled, planning: Planning, timing: Timing): EnrollmentEvent[] {
  const action = currentAction(state);
  // The call in flight is settled first; its outcome moves the lead on.
  if (state.status !== 'halted' && action !== undefined && isInFlight(action)) return [];
  const late = welcomeLate(state, planning, timing);
  if (late !== undefined) return late;
  const next = nextPlace(state, planning.sequence);
  if (next === undefined) return [];
  return [
    ...dropWaiting(state, 'already_connected', timing.at),
    ...proceed(state, next, planning, timing),
  ];
}

/** Undefined: what the lead waits for has nothing to do with the invitation. */
function nextPlace(state: Enrolled, sequence: Sequence): number | undefined {
  const { deadline } = state;
  if (deadline === undefined) return afterAction(currentAction(state), sequence);
  return deadline.kind === 'wait' ? undefined : (deadline.step ?? afterInvitation(sequence.steps));
}

function afterAction(action: Action | undefined, sequence: Sequence): number | undefined {
  switch (action?.kind) {
    case 'visit':
    case 'connect':
      return afterInvitation(sequence.steps, action.step);
    // A withdrawal nobody needs any more: the way goes on behind it.
    case 'withdraw':
      return stepAfter(sequence, action.step);
    default:
      return undefined;
  }
}
