import type { FieldProblem } from '@overture/kernel';
import { nextOf, stepIdOf, waysOf } from './graph.js';
import type { CampaignType, Step } from './sequence.js';

type Steps = readonly Step[];

/** What is certain about a lead at one point of one path. */
interface Known {
  readonly invited: boolean;
  readonly withdrawn: boolean;
  /** Nobody waits any more for an acceptance that did not come. */
  readonly refused: boolean;
}

const nobody: Known = { invited: false, withdrawn: false, refused: false };

/**
 * Walks every path of a connector: one invitation on each, messages only where somebody is connected or waited for,
 * nothing withdrawn that was not sent (I6). Each problem is told once, whatever the number of paths that have it.
 */
export function checkPaths(type: CampaignType, steps: Steps): FieldProblem[] {
  if (type === 'messenger') return steps.flatMap((step, index) => checkMessenger(step, index));
  const problems = new Map<string, FieldProblem>();
  const seen = new Set<string>();
  const open: [number, Known][] = [[0, nobody]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [index, known] = next;
    const key = `${index} ${JSON.stringify(known)}`;
    if (index >= steps.length || seen.has(key)) continue;
    seen.add(key);
    for (const problem of checkStep(steps, index, known)) problems.set(problem.path, problem);
    open.push(...onward(steps, index, known));
  }
  return [...problems.values()];
}

function checkMessenger({ kind, branch }: Step, index: number): FieldProblem[] {
  const wrong = kind === 'connect' || kind === 'withdraw' || kind === 'inmail';
  const path = `/steps/${index}/kind`;
  if (wrong) {
    const advice = 'To invite people first, make a connector.';
    return [{ path, message: `A messenger writes to connections, found ${kind}. ${advice}` }];
  }
  if (branch?.when !== 'accepted_within') return [];
  return [{ path: `/steps/${index}/branch/when`, message: 'A messenger invites nobody.' }];
}

function checkStep(steps: Steps, index: number, known: Known): FieldProblem[] {
  const message = wrongAt(steps[index] as Step, known);
  if (message === '') return [];
  const path = `/steps/${index}/kind`;
  return [{ path, message: `${message} (step "${stepIdOf(steps, index)}")` }];
}

function wrongAt({ kind, branch }: Step, known: Known): string {
  switch (kind) {
    case 'connect':
      return known.invited ? 'There is one invitation on a path.' : '';
    case 'withdraw':
      return wrongWithdrawal(known);
    case 'message':
      return wrongMessage(known);
    case 'branch': {
      const waits = branch?.when === 'accepted_within' && (!known.invited || known.withdrawn);
      return waits ? 'No invitation is waited for here.' : '';
    }
    default:
      return '';
  }
}

function wrongWithdrawal({ invited, withdrawn }: Known): string {
  if (!invited) return 'Only an invitation that went out is withdrawn.';
  return withdrawn ? 'This invitation is withdrawn already.' : '';
}

function wrongMessage({ invited, refused }: Known): string {
  if (!invited) return 'Nobody was invited before this message.';
  return refused ? 'Nobody is connected here: the invitation was not accepted.' : '';
}

function onward(steps: Steps, index: number, known: Known): [number, Known][] {
  const { kind, branch } = steps[index] as Step;
  if (kind !== 'branch') return [[nextOf(steps, index), after(kind, known)]];
  const { yes, no } = waysOf(steps, index);
  if (branch?.when !== 'accepted_within')
    return [
      [yes, known],
      [no, known],
    ];
  return [
    [yes, { ...known, refused: false }],
    [no, { ...known, refused: true }],
  ];
}

function after(kind: Step['kind'], known: Known): Known {
  if (kind === 'connect') return { ...known, invited: true };
  return kind === 'withdraw' ? { ...known, withdrawn: true, refused: true } : known;
}
