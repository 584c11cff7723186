export { backoffMs, holdUntil, type LimitSignal } from './backoff.js';
export {
  afterOutcome,
  breakerOf,
  breakerPolicy,
  closedBreaker,
  trialMs,
  type Breaker,
  type BreakerCause,
  type BreakerPolicy,
  type Outcome,
  type Trip,
} from './breaker.js';
export { isDayOff, type CalendarFacts } from './calendar-rules.js';
export { campaignCaps, type AskedCaps } from './campaign-caps.js';
export { companyFacts, companyWindowMs, type CompanyContact } from './company.js';
export { effectiveLimits, type CampaignCaps, type LimitSources } from './effective-limits.js';
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
export { priorityOf, type First } from './priorities.js';
export { defaultLimits, limitProfile, limitProfiles } from './profiles.js';
export {
  rampAt,
  rampNamed,
  ramps,
  type Ramp,
  type RampName,
  type RampStart,
  type RampState,
} from './ramps.js';
export { riskierIn, type PolicyInForce, type Risk } from './riskier.js';
export {
  ruleNames,
  type ActionToGo,
  type CompanyCap,
  type CompanyFacts,
  type Facts,
  type Gate,
  type InmailBalance,
  type Note,
  type NotesUsed,
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
export { restEndsAt } from './spacing-rules.js';
export { subjectLengthMax, textLengthMax } from './text-limits.js';
export { tierLimits, type TierLimits } from './tier-limits.js';
export { claimToEffectMs } from './time-rules.js';
export { isTooFast, type Pace } from './too-fast.js';
export { usageOf, type Usage, type Use, type WindowUse } from './usage.js';
export {
  calendarVerdict,
  earliestGo,
  policyVersion,
  verdict,
  type NotYet,
  type RuleResult,
  type Verdict,
} from './verdict.js';
export { isOpen, nextOpening, zoneFor } from './windows.js';
export { instantOfWallTime, isZone, wallTimeAt, type WallTime } from './zones.js';
