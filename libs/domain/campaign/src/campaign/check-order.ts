import type { FieldProblem } from '@overture/kernel';
import type { CampaignType, Step } from './sequence.js';

/** A messenger only writes; a connector visits, invites exactly once, then writes (F002, S2-01, S2-02). */
export function checkOrder(type: CampaignType, steps: readonly Step[]): FieldProblem[] {
  return type === 'messenger' ? checkMessenger(steps) : checkConnector(steps);
}

function checkMessenger(steps: readonly Step[]): FieldProblem[] {
  if (steps.length === 0) return [problem('/steps', 'A messenger needs at least one message.')];
  return steps.flatMap(({ kind }, index) =>
    kind === 'message' ? [] : [problem(`/steps/${index}/kind`, wrongInMessenger(kind))],
  );
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
  return steps.flatMap(({ kind }, index) => {
    const path = `/steps/${index}/kind`;
    if (index < invitation && kind !== 'visit') {
      return [problem(path, `Only visits come before the invitation, found ${kind}.`)];
    }
    if (index > invitation && kind !== 'message') {
      return [problem(path, `Only messages follow the invitation, found ${kind}.`)];
    }
    return [];
  });
}

function problem(path: string, message: string): FieldProblem {
  return { path, message };
}
