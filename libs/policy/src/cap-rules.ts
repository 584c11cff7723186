import { toMs } from '@overture/kernel';
import { capWindowMs, effectDelayMs, type Cap } from './limits.js';
import type { Answer, Question, Rule } from './rules.js';
import type { WindowUse } from './usage.js';
import { identityZoneOf } from './windows.js';
import { msOfWallTime, wallTimeOf } from './zones.js';

/** How much in any 24 hours and any 7 days; a full one names the time it has room again (F023, F024, F030). */
export const capRules: readonly Rule[] = [
  { name: 'cap_24h', version: 1, ask: ask24h },
  { name: 'cap_7d', version: 1, ask: ask7d },
  { name: 'cap_day', version: 1, ask: askDay },
];

function ask24h(question: Question): Answer {
  return askRolling(question, { figure: 'per24h', windowMs: capWindowMs.per24h });
}

function ask7d(question: Question): Answer {
  return askRolling(question, { figure: 'per7d', windowMs: capWindowMs.per7d });
}

interface Rolling {
  readonly figure: 'per24h' | 'per7d';
  readonly windowMs: number;
}

function askRolling(question: Question, { figure, windowMs }: Rolling): Answer {
  const { usage } = question.facts;
  const use = figure === 'per24h' ? usage.last24h : usage.last7d;
  const { cap, inputs } = cappedBy(question, figure, use);
  if (cap === undefined) return { passed: true, inputs };
  const { used, blockingAt } = use;
  if (blockingAt === undefined) return { passed: used < cap, inputs };
  const untilMs = toMs(blockingAt) + windowMs;
  if (question.nowMs >= untilMs) return { passed: true, inputs };
  return { passed: false, inputs, untilMs: orNextStep(question, untilMs) };
}

/** On top of the rolling windows, on the identity's own calendar; never instead of them (P27). */
function askDay(question: Question): Answer {
  const { facts, nowMs } = question;
  const { today } = facts.usage;
  if (today === undefined) return noDayCap;
  const { cap, inputs } = cappedBy(question, 'perDay', today);
  if (cap === undefined) return { passed: true, inputs };
  const zone = identityZoneOf(facts);
  const { day } = wallTimeOf(nowMs, zone);
  if (!isFullToday(today, { cap, sinceMs: msOfWallTime({ day, minute: 0 }, zone) })) {
    return { passed: true, inputs };
  }
  const tomorrowMs = msOfWallTime({ day: day + 1, minute: 0 }, zone) + effectDelayMs;
  return { passed: false, inputs, ...(cap > 0 && { untilMs: orNextStep(question, tomorrowMs) }) };
}

const noDayCap: Answer = { passed: true, inputs: {} };

// What was claimed just before midnight may have had its effect after it, so it counts on both days.
function isFullToday(
  { used = 0, blockingAt }: Partial<WindowUse>,
  day: { cap: number; sinceMs: number },
): boolean {
  if (blockingAt === undefined) return used >= day.cap;
  return toMs(blockingAt) > day.sinceMs - effectDelayMs;
}

function cappedBy(
  { action, facts }: Question,
  figure: keyof Cap,
  { used, blockingAt }: Partial<WindowUse>,
) {
  const { [figure]: cap, boundBy } = facts.limits.caps[action.kind];
  const by = boundBy?.[figure];
  const inputs = {
    ...(used !== undefined && { used }),
    ...(cap !== undefined && { cap }),
    ...(by && { by }),
    ...(by === 'ramp' && { ramp: facts.limits.ramp }),
    ...(blockingAt && { blockingAt }),
  };
  return { cap, inputs };
}

// The next step of a ramp may have room sooner than the oldest use leaves.
function orNextStep({ facts: { limits }, nowMs }: Question, untilMs: number): number {
  const changesMs = limits.changesAt === undefined ? Infinity : toMs(limits.changesAt);
  return changesMs > nowMs ? Math.min(untilMs, changesMs) : untilMs;
}
