export { brokenPromises } from './check.js';
export {
  pairOf,
  type Broken,
  type Delivery,
  type Happening,
  type History,
  type HistoryEvent,
  type Log,
  type Rules,
} from './log.js';
