import type { FieldProblem } from '@overture/kernel';
import { end, followers, placeOf, reachableFrom, stepIdOf } from './graph.js';
import type { Step } from './sequence.js';

type Steps = readonly Step[];

const idPattern = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** Proves that every path ends, or names the step where one does not (F012, P10). */
export function checkGraph(steps: Steps): FieldProblem[] {
  const named = steps.flatMap((step, index) => [
    ...checkId(steps, index),
    ...checkTargets(step, steps, index),
  ]);
  // Ways that lead nowhere have neither ends nor loops to speak of.
  return named.length > 0 ? named : [...checkLoops(steps), ...checkReached(steps)];
}

function checkId(steps: Steps, index: number): FieldProblem[] {
  const { id } = steps[index] as Step;
  const path = `/steps/${index}/id`;
  if (id !== undefined && (!idPattern.test(id) || id === end)) {
    return [{ path, message: 'Expected a letter, then up to 39 letters, digits, - and _.' }];
  }
  const own = stepIdOf(steps, index);
  const first = placeOf(steps, own);
  return first === index
    ? []
    : [{ path, message: `Step ${(first ?? 0) + 1} is "${own}" already.` }];
}

function checkTargets({ kind, next, branch }: Step, steps: Steps, index: number): FieldProblem[] {
  const path = `/steps/${index}`;
  if (kind !== 'branch') {
    if (branch !== undefined)
      return [{ path: `${path}/branch`, message: `A ${kind} has no ways.` }];
    return next === undefined ? [] : checkTarget(next, steps, `${path}/next`);
  }
  if (next !== undefined) {
    return [{ path: `${path}/next`, message: 'A branch goes on by yes and no, not by next.' }];
  }
  const { yes = '', no = '' } = branch ?? {};
  return [
    ...checkTarget(yes, steps, `${path}/branch/yes`),
    ...checkTarget(no, steps, `${path}/branch/no`),
  ];
}

function checkTarget(target: string, steps: Steps, path: string): FieldProblem[] {
  if (target === '') return [{ path, message: 'Both ways are needed: a step id or "end".' }];
  if (placeOf(steps, target) !== undefined) return [];
  return [{ path, message: `No step is "${target}"; expected a step id or "end".` }];
}

function checkLoops(steps: Steps): FieldProblem[] {
  return steps.flatMap((_, index) => {
    const back = followers(steps, index).some((next) => reachableFrom(steps, next).has(index));
    if (!back) return [];
    const message = `Step "${stepIdOf(steps, index)}" comes back to itself: this path never ends.`;
    return [{ path: `/steps/${index}`, message }];
  });
}

function checkReached(steps: Steps): FieldProblem[] {
  const reached = reachableFrom(steps, 0);
  return steps.flatMap((_, index) => {
    if (reached.has(index)) return [];
    const message = `No path leads to step "${stepIdOf(steps, index)}".`;
    return [{ path: `/steps/${index}`, message }];
  });
}
