export type { ActionKind, LimitedKind, Tier } from './kinds.js';
export { capWindowMs, defaultLimits, limitProfile, type Cap, type LimitProfile } from './limits.js';
export type { ActionToGo, Facts, Gate, RuleName } from './rules.js';
export {
  daysOffMax,
  defaultSchedule,
  scheduleProblems,
  windowsMax,
  type LocalWindow,
  type Schedule,
} from './schedule.js';
export { textLengthMax } from './text-limits.js';
export { claimToEffectMs } from './time-rules.js';
export { usageOf, type Usage, type Use, type WindowUse } from './usage.js';
export { earliestGo, verdict, type NotYet, type RuleResult, type Verdict } from './verdict.js';
export { isOpen, nextOpening, zoneFor } from './windows.js';
export { instantOfWallTime, isZone, wallTimeAt, type WallTime } from './zones.js';
