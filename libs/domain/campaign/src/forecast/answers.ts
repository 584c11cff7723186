import { dayMs, hourMs, seededBetween, seededFraction } from '@overture/kernel';
import type { Answers, KnownLead } from './world.js';

/** How ready people are to answer. Shares are from 0 to 1. */
export interface Scenario {
  readonly seed: string;
  /** Of those who are invited. */
  readonly acceptShare: number;
  /** Of those who get a message, for each message. */
  readonly replyShare: number;
  /** Absent: nobody approves drafts, so they expire. */
  readonly approveAfterMs?: number;
}

/** What is usual, where nobody says otherwise: a third accepts, every tenth message is answered. */
export const usualScenario: Scenario = { seed: 'usual', acceptShare: 0.33, replyShare: 0.1 };

/** Answers fixed by the seed and the lead: asked again, and by the live run of a test, they are the same. */
export function seededAnswers(scenario: Scenario): Answers {
  const { seed, acceptShare, replyShare, approveAfterMs } = scenario;
  const draw = (what: string, { enrollmentId }: KnownLead) => `${seed}|${what}|${enrollmentId}`;
  return {
    accepts: (lead) => {
      if (seededFraction(draw('accepts', lead)) >= acceptShare) return undefined;
      const afterMs = seededBetween(draw('accepts after', lead), 2 * hourMs, 10 * dayMs);
      return { afterMs, seenAfterMs: afterMs };
    },
    repliesAfterMs: (lead, step) =>
      seededFraction(draw(`replies ${step}`, lead)) < replyShare
        ? seededBetween(draw(`replies after ${step}`, lead), hourMs / 2, 2 * dayMs)
        : undefined,
    approvesAfterMs: () => approveAfterMs,
  };
}
