import type { Instant } from '@overture/kernel';
import { currentAction, statusOf, type Enrollment, type ShownStatus } from '../enrollment/state.js';
import { leadRules, type LeadRuleName } from './rules.js';
import { remedyOf } from './remedies.js';

/** What may hold a lead that its own stream does not know: gates close without touching anybody (P7). */
export interface ClosedGate {
  readonly kind: 'workspace' | 'campaign' | 'identity' | 'login';
  readonly cause: string;
}

export interface RuleAnswer {
  readonly rule: LeadRuleName;
  /** Grows when the rule answers otherwise for the same inputs. */
  readonly version: number;
  readonly passed: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Why a lead stands where it stands, and what would have to change (M1, F055). */
export interface Explanation {
  readonly status: ShownStatus;
  /** In the order tried; the last one said no, unless all said yes. */
  readonly rules: readonly RuleAnswer[];
  /** The rule that said no; absent: the action below is the scheduler's to send. */
  readonly because?: LeadRuleName;
  /** The next instant at which something happens by itself; absent: only an event brings it on. */
  readonly until?: Instant;
  readonly actionId?: string;
  readonly remedy: string;
}

/** Asks every rule in its order until one says no. Pure: from the same log the same answer, at any time. */
export function explainEnrollment(
  state: Enrollment,
  gates: readonly ClosedGate[] = [],
): Explanation {
  const answers: RuleAnswer[] = [];
  const status = statusOf(state);
  const actionId = state.status === 'new' ? undefined : currentAction(state)?.actionId;
  const which = actionId === undefined ? {} : { actionId };
  for (const { name, version, ask } of leadRules) {
    const { passed, inputs, until } = ask({ state, gates });
    answers.push({ rule: name, version, passed, inputs });
    if (passed) continue;
    const remedy = remedyOf(name, inputs);
    const when = until === undefined ? {} : { until };
    return { status, rules: answers, because: name, remedy, ...when, ...which };
  }
  return { status, rules: answers, remedy: remedyOfLast(answers), ...which };
}

// The last rule is about the plan itself.
function remedyOfLast(answers: readonly RuleAnswer[]): string {
  return remedyOf('planned', answers.at(-1)?.inputs ?? {});
}
