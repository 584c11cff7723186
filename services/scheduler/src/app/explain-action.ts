import type { Instant } from '@overture/kernel';
import { firstSlot, questionOf, type DueQueue, type Head, type Visit } from '@overture/planner';
import {
  verdict,
  type ActionKind,
  type Note,
  type RuleResult,
  type Verdict,
} from '@overture/policy';
import { whatWouldChange, type Hindrance } from './what-would-change.js';

/** Why an action waits or went: the rules in the order asked, with what they looked at (F055, M1). */
export interface Explanation {
  readonly actionId: string;
  readonly identityId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly kind: ActionKind;
  readonly status: 'waiting' | 'claimed' | 'over';
  /** When the rules were asked. */
  readonly decidedAt: Instant;
  readonly go: boolean;
  readonly rules: readonly RuleResult[];
  readonly because?: Hindrance['because'];
  /** When it could go if nothing else happened. */
  readonly nextAt?: Instant;
  readonly change?: string;
  readonly note?: Note;
  readonly epoch?: number;
}

/** An action that waits, with everything its verdict looks at. */
export interface WaitingAction {
  readonly visit: Visit;
  readonly queue: DueQueue;
  readonly head: Head;
  /** Somebody paused its lead. */
  readonly isLeadPaused: boolean;
  /** How many of its queue are before it. */
  readonly ahead: number;
  /** When its identity looks again. */
  readonly looksAgainAt?: Instant;
}

/** Asks the rules now, as the next visit would. Pure. */
export function explainWaiting(waiting: WaitingAction, now: Instant): Explanation {
  const { visit, queue, head, isLeadPaused } = waiting;
  const question = questionOf(visit, queue, head, now);
  const answer = verdict(question.action, question.facts, now);
  const nextAt = answer.go ? waiting.looksAgainAt : firstSlot(question, answer).nextSlotAt;
  const hindrance = hindranceOf(waiting, answer);
  const { identityId, campaignId, kind } = queue;
  const { actionId, leadId } = head;
  return {
    actionId,
    identityId,
    campaignId,
    leadId,
    kind,
    status: 'waiting',
    decidedAt: now,
    go: answer.go && !isLeadPaused,
    rules: answer.rules,
    because: hindrance.because,
    change: whatWouldChange({ ...hindrance, until: hindrance.until ?? nextAt }),
    ...(nextAt && !isLeadPaused && { nextAt }),
  };
}

/** The pause of its lead, the rule that said no, or those before it in its queue. */
function hindranceOf({ isLeadPaused, ahead }: WaitingAction, answer: Verdict): Hindrance {
  if (isLeadPaused) return { because: 'paused_lead', inputs: {} };
  if (answer.go) return { because: 'in_line', inputs: { ahead } };
  const { rules, because, until } = answer;
  return { because, inputs: rules.at(-1)?.inputs ?? {}, until };
}
