import { fromMs, toMs, type Instant } from '@overture/kernel';
import { capRules } from './cap-rules.js';
import { gateRules } from './gate-rules.js';
import type { ActionToGo, Facts, Rule, RuleName } from './rules.js';
import { spacingRules } from './spacing-rules.js';
import { timeRules } from './time-rules.js';

export interface RuleResult {
  readonly rule: RuleName;
  readonly version: number;
  readonly passed: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export type Verdict = Go | NotYet;

interface Go {
  readonly go: true;
  readonly rules: readonly RuleResult[];
}

export interface NotYet {
  readonly go: false;
  /** In the order tried; the last one said no. */
  readonly rules: readonly RuleResult[];
  readonly because: RuleName;
  /** The earliest instant at which that rule could pass; absent: it waits for an event, not for time. */
  readonly until?: Instant;
}

// The order is fixed (F055): nobody is told to wait for a cap while a gate is shut.
const rules: readonly Rule[] = [...gateRules, ...timeRules, ...spacingRules, ...capRules];

/** Whether this action may go now; if not, why, and from when on that reason is gone. Pure. */
export function verdict(action: ActionToGo, facts: Facts, now: Instant): Verdict {
  const question = { action, facts, now, nowMs: toMs(now) };
  const results: RuleResult[] = [];
  for (const { name, version, ask } of rules) {
    const { passed, inputs, untilMs } = ask(question);
    results.push({ rule: name, version, passed, inputs });
    if (passed) continue;
    const no = { go: false, rules: results, because: name } as const;
    return untilMs === undefined ? no : { ...no, until: fromMs(Math.ceil(untilMs)) };
  }
  return { go: true, rules: results };
}

const roundsMax = 50;

/** The earliest instant at which the action could go if nothing else happened; undefined: only an event can tell. */
export function earliestGo(action: ActionToGo, facts: Facts, now: Instant): Instant | undefined {
  let at: Instant | undefined = now;
  for (let round = 0; round < roundsMax && at !== undefined; round++) {
    const answer = verdict(action, facts, at);
    if (answer.go) return at;
    at = answer.until;
  }
  return undefined;
}
