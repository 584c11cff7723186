import { fromMs, toMs, type Instant } from '@overture/kernel';
import { accountRules } from './account-rules.js';
import { calendarRules, type CalendarFacts, type CalendarQuestion } from './calendar-rules.js';
import { capRules } from './cap-rules.js';
import { gateRules } from './gate-rules.js';
import type { ActionToGo, Facts, Note, Rule, RuleName } from './rules.js';
import { ruleNames } from './rules.js';
import { spacingRules } from './spacing-rules.js';
import { stopRules } from './stop-rules.js';
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
  /** Of an invitation that wants a note: `without` once the quota is used up, which the claim records (P20). */
  readonly note?: Note;
}

export interface NotYet {
  readonly go: false;
  /** In the order tried; the last one said no. */
  readonly rules: readonly RuleResult[];
  readonly because: RuleName;
  /** The earliest instant at which that rule could pass; absent: it waits for an event, not for time. */
  readonly until?: Instant;
}

const all: readonly Rule[] = [
  ...gateRules,
  ...stopRules,
  ...timeRules,
  ...calendarRules,
  ...spacingRules,
  ...capRules,
  ...accountRules,
];

/** The order is fixed (F055): nobody is told to wait for a cap while a gate is shut. */
export const rulesInOrder: readonly Rule[] = all.toSorted(
  (a, b) => ruleNames.indexOf(a.name) - ruleNames.indexOf(b.name),
);

/** The version of each rule, in the order asked: names what decided. */
export const policyVersion = rulesInOrder.map((rule) => rule.version).join('.');

/** Whether this action may go now; if not, why, and from when on that reason is gone. Pure. */
export function verdict(action: ActionToGo, facts: Facts, now: Instant): Verdict {
  return judge(rulesInOrder, { action, facts, now, nowMs: toMs(now) });
}

/**
 * The calendars once more, in the second before a call (F073): the claim asked them, and hours, zones and holidays may
 * have changed since. Nothing has to fit in behind a call, so a window that is about to close is still open.
 */
export function calendarVerdict(zone: string, facts: CalendarFacts, now: Instant): Verdict {
  const question: CalendarQuestion = { action: { zone }, facts, now, nowMs: toMs(now), forMs: 0 };
  return judge(calendarRules, question);
}

/** The same by any list of rules. */
export function judge<Asked>(rules: readonly Rule<Asked>[], question: Asked): Verdict {
  const results: RuleResult[] = [];
  let decided: Note | undefined;
  for (const { name, version, ask } of rules) {
    const { passed, inputs, untilMs, note } = ask(question);
    results.push({ rule: name, version, passed, inputs });
    decided ??= note;
    if (passed) continue;
    const no = { go: false, rules: results, because: name } as const;
    return untilMs === undefined ? no : { ...no, until: fromMs(Math.ceil(untilMs)) };
  }
  return decided === undefined
    ? { go: true, rules: results }
    : { go: true, rules: results, note: decided };
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
