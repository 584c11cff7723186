import type { FieldProblem } from '@overture/kernel';
import { checkGraph } from './check-graph.js';
import { checkPaths } from './check-paths.js';
import type { CampaignType, Step } from './sequence.js';

/** A messenger only writes; a connector visits, invites exactly once, then writes (F002, S2-01, S2-02). */
export function checkOrder(type: CampaignType, steps: readonly Step[]): FieldProblem[] {
  if (!isPlain(steps)) return checkWays(type, steps);
  return type === 'messenger' ? checkMessenger(steps) : checkConnector(steps);
}

const plainKinds: ReadonlySet<string> = new Set(['visit', 'connect', 'message']);

/** A list that is walked from top to bottom and invites, visits and writes only. */
function isPlain(steps: readonly Step[]): boolean {
  return steps.every(({ kind, next }) => plainKinds.has(kind) && next === undefined);
}

function checkWays(type: CampaignType, steps: readonly Step[]): FieldProblem[] {
  const problems = checkGraph(steps);
  return problems.length > 0 ? problems : checkPaths(type, steps);
}

function checkMessenger(steps: readonly Step[]): FieldProblem[] {
  if (steps.length === 0) return [problem('/steps', 'A messenger needs at least one message.')];
  const names = checkGraph(steps);
  const kinds = steps.flatMap(({ kind }, index) =>
    kind === 'message' ? [] : [problem(`/steps/${index}/kind`, wrongInMessenger(kind))],
  );
  return [...names, ...kinds];
}

function wrongInMessenger(kind: string): string {
  return `A messenger only sends messages, found ${kind}. To invite people first, make a connector.`;
}

function checkConnector(steps: readonly Step[]): FieldProblem[] {
  const connects = steps.filter((step) => step.kind === 'connect').length;
  if (connects !== 1) {
    return [problem('/steps', `A connector invites exactly once, found ${connects} invitations.`)];
  }
  const invitation = steps.findIndex((step) => step.kind === 'connect');
  const order = steps.flatMap(({ kind }, index) => {
    const path = `/steps/${index}/kind`;
    if (index < invitation && kind !== 'visit') {
      return [problem(path, `Only visits come before the invitation, found ${kind}.`)];
    }
    if (index > invitation && kind !== 'message') {
      return [problem(path, `Only messages follow the invitation, found ${kind}.`)];
    }
    return [];
  });
  return [...checkGraph(steps), ...order];
}

function problem(path: string, message: string): FieldProblem {
  return { path, message };
}
