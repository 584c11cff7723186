import type { Step } from './sequence.js';

/** Where a path ends; no step has this id. */
export const end = 'end';

type Steps = readonly Step[];

/** The step's own name, the same in every version that keeps it. */
export function stepIdOf(steps: Steps, index: number): string {
  return steps[index]?.id ?? `s${index + 1}`;
}

/** The place of a step, that after the last one for `end`; undefined for a name that is none. */
export function placeOf(steps: Steps, id: string): number | undefined {
  if (id === end) return steps.length;
  const index = steps.findIndex((_, each) => stepIdOf(steps, each) === id);
  return index === -1 ? undefined : index;
}

/** What follows a step that is no branch. A name that leads nowhere ends the way; no such sequence is ever launched. */
export function nextOf(steps: Steps, index: number): number {
  const next = steps[index]?.next;
  if (next === undefined) return Math.min(index + 1, steps.length);
  return placeOf(steps, next) ?? steps.length;
}

/** Both ways of a branch. */
export function waysOf(steps: Steps, index: number): { yes: number; no: number } {
  const { yes = end, no = end } = steps[index]?.branch ?? {};
  return {
    yes: placeOf(steps, yes) ?? steps.length,
    no: placeOf(steps, no) ?? steps.length,
  };
}

/** Every step that may come right after this one. */
export function followers(steps: Steps, index: number): number[] {
  if (steps[index]?.kind !== 'branch') return [nextOf(steps, index)];
  const { yes, no } = waysOf(steps, index);
  return [yes, no];
}

/** Every step that may still come, this one included; the end is none. */
export function reachableFrom(steps: Steps, index: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [index];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next >= steps.length || seen.has(next)) continue;
    seen.add(next);
    open.push(...followers(steps, next));
  }
  return seen;
}

/** The first step after the next invitation; undefined when none lies ahead. */
export function afterInvitation(steps: Steps, from = 0): number | undefined {
  const ahead = [...reachableFrom(steps, from)].sort((a, b) => a - b);
  const invitation = ahead.find((index) => steps[index]?.kind === 'connect');
  return invitation === undefined ? undefined : nextOf(steps, invitation);
}
