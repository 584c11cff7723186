import type { Instant } from '@overture/kernel';
import { firstSlot, questionOf, type DueQueue, type Head, type Visit } from '@overture/planner';
import { verdict, type ActionKind, type Note, type RuleResult } from '@overture/policy';
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
  const { visit, queue, head } = waiting;
  const question = questionOf(visit, queue, head);
  const answer = verdict(question.action, question.facts, now);
  const { nextSlotAt } = firstSlot(question, answer);
  const rule = answer.go ? undefined : ruleInTheWay(answer.rules, answer.until);
  const hindrance = waiting.isLeadPaused ? pausedLead : (rule ?? inLine(waiting));
  const nextAt = nextSlotAt ?? (answer.go ? hindrance.until : undefined);
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
    go: answer.go && !waiting.isLeadPaused,
    rules: answer.rules,
    because: hindrance.because,
    change: whatWouldChange({ ...hindrance, until: hindrance.until ?? nextAt }),
    ...(nextAt && !waiting.isLeadPaused && { nextAt }),
  };
}

const pausedLead: Hindrance = { because: 'paused_lead', inputs: {} };

function ruleInTheWay(rules: readonly RuleResult[], until: Instant | undefined): Hindrance {
  const { rule, inputs } = rules.at(-1) as RuleResult;
  return { because: rule, inputs, until };
}

function inLine({ ahead, looksAgainAt: until }: WaitingAction): Hindrance {
  return { because: 'in_line', inputs: { ahead }, until };
}
