import { toMs } from '@overture/kernel';
import { trialMs } from './breaker.js';
import type { Answer, Question, Rule } from './rules.js';

/** What the account itself asks for: a rest after warnings and failures, a wait after "too many". */
export const stopRules: readonly Rule[] = [
  { name: 'breaker', version: 1, ask: askBreaker },
  { name: 'provider_hold', version: 1, ask: askHold },
];

const closed: Answer = { passed: true, inputs: { tripped: false } };
const free: Answer = { passed: true, inputs: { held: false } };

function askBreaker({ facts: { breaker, usage }, now, nowMs }: Question): Answer {
  if (breaker === undefined) return closed;
  const { cause, until } = breaker;
  if (now < until) return { passed: false, inputs: { cause, until }, untilMs: toMs(until) };
  const { lastAt } = usage;
  const inputs = { cause, until, halfOpen: true, ...(lastAt && { lastAt }) };
  if (lastAt === undefined || lastAt < until) return { passed: true, inputs };
  // One has gone since the rest ended: its outcome closes the breaker or opens it again.
  const untilMs = toMs(lastAt) + trialMs;
  return nowMs >= untilMs ? { passed: true, inputs } : { passed: false, inputs, untilMs };
}

function askHold({ facts: { hold }, now }: Question): Answer {
  if (hold === undefined) return free;
  const { until, cause } = hold;
  const inputs = { cause, until };
  return now >= until ? { passed: true, inputs } : { passed: false, inputs, untilMs: toMs(until) };
}
