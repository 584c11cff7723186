import { toMs } from '@overture/kernel';
import { capWindowMs } from './limits.js';
import type { Answer, Question, Rule } from './rules.js';
import type { WindowUse } from './usage.js';

/** How much in any 24 hours and any 7 days; a full one names the time it has room again (F023, F024, F030). */
export const capRules: readonly Rule[] = [
  { name: 'cap_24h', version: 1, ask: ask24h },
  { name: 'cap_7d', version: 1, ask: ask7d },
];

function ask24h({ action, facts: { limits, usage }, nowMs }: Question): Answer {
  const { per24h } = limits.caps[action.kind];
  return askCap(usage.last24h, { cap: per24h, windowMs: capWindowMs.per24h, nowMs });
}

function ask7d({ action, facts: { limits, usage }, nowMs }: Question): Answer {
  const { per7d } = limits.caps[action.kind];
  if (per7d === undefined) return { passed: true, inputs: { used: usage.last7d.used } };
  return askCap(usage.last7d, { cap: per7d, windowMs: capWindowMs.per7d, nowMs });
}

function askCap(
  { used, blockingAt }: WindowUse,
  { cap, windowMs, nowMs }: { cap: number; windowMs: number; nowMs: number },
): Answer {
  if (blockingAt === undefined) return { passed: used < cap, inputs: { used, cap } };
  const untilMs = toMs(blockingAt) + windowMs;
  const inputs = { used, cap, blockingAt };
  return nowMs >= untilMs ? { passed: true, inputs } : { passed: false, inputs, untilMs };
}
