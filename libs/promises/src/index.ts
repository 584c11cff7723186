export { brokenPromises } from './check.js';
export {
  pairOf,
  type Account,
  type Broken,
  type Delivery,
  type Draft,
  type Happening,
  type History,
  type HistoryEvent,
  type Log,
  type Rules,
  type TriesOfAction,
} from './log.js';
export { nothingChanged } from './unchanged.js';
