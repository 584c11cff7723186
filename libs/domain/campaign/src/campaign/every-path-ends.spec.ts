import fc from 'fast-check';
import { checkGraph } from './check-graph.js';
import { checkPaths } from './check-paths.js';
import { followers } from './graph.js';
import type { Step } from './sequence.js';

const seed = 20_261_122;
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'end', 'nowhere'];
const target = fc.constantFrom(...names);

const branch = fc.record({ yes: target, no: target }).map(({ yes, no }): Partial<Step> => {
  return { kind: 'branch', branch: { when: 'replied_before', yes, no } };
});
const accepted = fc.record({ yes: target, no: target }).map(({ yes, no }): Partial<Step> => {
  return { kind: 'branch', branch: { when: 'accepted_within', days: 7, yes, no } };
});
const action = fc
  .record({
    kind: fc.constantFrom<Step['kind']>('connect', 'message', 'task', 'wait', 'withdraw', 'visit'),
    next: fc.option(target, { nil: undefined }),
  })
  .map(({ kind, next }): Partial<Step> => ({ kind, ...(next !== undefined && { next }) }));

const sequences = fc
  .array(fc.oneof(action, action, branch, accepted), { minLength: 1, maxLength: 6 })
  .map((steps) => {
    return steps.map((step, index): Step => {
      return { kind: 'wait', delayMs: 0, text: '', id: names[index] ?? 'z', ...step };
    });
  });

/** Every way a lead may go, step by step; one that is longer than the sequence never ends. */
function ways(steps: readonly Step[]): number[][] {
  const done: number[][] = [];
  const open: number[][] = [[0]];
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    const last = way.at(-1) ?? 0;
    if (last >= steps.length || way.length > steps.length + 1) done.push(way);
    else for (const next of new Set(followers(steps, last))) open.push([...way, next]);
  }
  return done;
}

const named = (steps: readonly Step[]): boolean => {
  const ids = new Set(['end', ...steps.map(({ id }) => id ?? '')]);
  return steps.every(({ next, branch: condition }) => {
    const targets = [next, condition?.yes, condition?.no].filter((each) => each !== undefined);
    return targets.every((each) => ids.has(each));
  });
};

describe('Any sequence', () => {
  it('passes the planner if, and only if, every path ends and every step is on one (F012, P10)', () =>
    fc.assert(
      fc.property(sequences, (steps) => {
        const all = named(steps) ? ways(steps) : [];
        const ends = all.length > 0 && all.every((way) => way.at(-1) === steps.length);
        const reached = new Set(all.flat());
        const whole = ends && steps.every((_, index) => reached.has(index));
        expect(checkGraph(steps).length === 0).toBe(whole);
      }),
      { seed, numRuns: 3_000 },
    ));

  it('that passes writes to nobody who was not invited, and invites once on each way (I6)', () =>
    fc.assert(
      fc.property(sequences, (steps) => {
        fc.pre(checkGraph(steps).length === 0 && checkPaths('connector', steps).length === 0);
        for (const way of ways(steps)) {
          const kinds = way.map((index) => steps[index]?.kind);
          const invited = kinds.indexOf('connect');
          expect(kinds.filter((kind) => kind === 'connect').length).toBeLessThan(2);
          for (const kind of ['message', 'withdraw'] as const) {
            const first = kinds.indexOf(kind);
            if (first !== -1) expect(invited !== -1 && invited < first).toBe(true);
          }
        }
      }),
      { seed, numRuns: 500 },
    ));
});
