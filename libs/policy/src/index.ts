export { type BreakerCause, type Trip } from './breaker.js';
export { actionKinds, tiers, type ActionKind, type Tier } from './kinds.js';
export {
  capSources,
  capWindowMs,
  type Cap,
  type Caps,
  type CapSource,
  type EffectiveCap,
  type EffectiveLimits,
  type LimitProfile,
} from './limits.js';
export { defaultLimits, limitProfile, limitProfiles } from './profiles.js';
export {
  ruleNames,
  type ActionToGo,
  type CompanyCap,
  type CompanyFacts,
  type Facts,
  type Gate,
  type InmailBalance,
  type Note,
  type RuleName,
} from './rules.js';
export {
  daysOffMax,
  defaultSchedule,
  scheduleProblems,
  windowsMax,
  type LocalWindow,
  type RegionDays,
  type Schedule,
} from './schedule.js';
export { subjectLengthMax, textLengthMax } from './text-limits.js';
export { claimToEffectMs } from './time-rules.js';
export { usageOf, type Usage, type Use, type WindowUse } from './usage.js';
export { earliestGo, verdict, type NotYet, type RuleResult, type Verdict } from './verdict.js';
export { isOpen, nextOpening, zoneFor } from './windows.js';
export { instantOfWallTime, isZone, wallTimeAt, type WallTime } from './zones.js';
