export type { ActionKind, LimitedKind, Tier } from './kinds.js';
export {
  daysOffMax,
  defaultSchedule,
  scheduleProblems,
  windowsMax,
  type LocalWindow,
  type Schedule,
} from './schedule.js';
export { textLengthMax } from './text-limits.js';
export { instantOfWallTime, isZone, wallTimeAt, type WallTime } from './zones.js';
