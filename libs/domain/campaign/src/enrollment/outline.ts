import { dayMs, plus, type Instant } from '@overture/kernel';
import { followers, nextOf, stepIdOf } from '../campaign/graph.js';
import { messageTypeOf, type Sequence, type Step } from '../campaign/sequence.js';
import type { PlannedStep } from './events.js';
import { freshActionId } from './ids.js';
import { needsConnection } from './open-step.js';
import { isMoot, notBeforeOf } from './plan.js';
import type { Enrolled } from './state.js';

/**
 * Every action from `index` on with the time it is expected, were nobody ever late (S2-17, F043). Of a branch both ways
 * are listed; a step that several ways lead to has the time of the shortest.
 */
export function outline(
  state: Enrolled,
  index: number,
  sequence: Sequence,
  at: Instant,
): PlannedStep[] {
  const times = expectedTimes(state, index, sequence, at);
  return [...times]
    .sort(([a], [b]) => a - b)
    .flatMap(([place, plannedAt]) => rowOf(state, place, sequence, plannedAt));
}

function rowOf(
  state: Enrolled,
  place: number,
  sequence: Sequence,
  plannedAt: Instant,
): PlannedStep[] {
  const step = sequence.steps[place] as Step;
  const { kind, id } = step;
  if (kind === 'wait' || kind === 'branch') return [];
  return [
    {
      actionId: freshActionId(state, place),
      step: place,
      ...(id !== undefined && { stepId: stepIdOf(sequence.steps, place) }),
      kind,
      messageType: messageTypeOf(sequence, place),
      requiresConnection: needsConnection(state, step),
      plannedAt,
    },
  ];
}

function expectedTimes(
  state: Enrolled,
  from: number,
  { steps }: Sequence,
  at: Instant,
): ReadonlyMap<number, Instant> {
  const times = new Map<number, Instant>();
  const open: [number, Instant][] = [[from, at]];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const [index, before] = next;
    const step = steps[index];
    if (step === undefined) continue;
    const moot = step.kind === 'connect' && isMoot(state, step);
    const time = moot ? before : notBeforeOf(state, plus(before, step.delayMs));
    const known = times.get(index);
    if (known !== undefined && known <= time) continue;
    if (!moot) times.set(index, time);
    open.push(...waysAfter(steps, index, time));
  }
  return times;
}

function waysAfter(steps: readonly Step[], index: number, time: Instant): [number, Instant][] {
  const { branch } = steps[index] as Step;
  if (branch?.when !== 'accepted_within') {
    return followers(steps, index).map((next): [number, Instant] => [next, time]);
  }
  const [yes = nextOf(steps, index), no = yes] = followers(steps, index);
  return [
    [yes, time],
    [no, plus(time, branch.days * dayMs)],
  ];
}
