export { Clock, type Cancel } from './clock.js';
export { fold, type Decider } from './decider.js';
export {
  DomainError,
  InvalidInputError,
  NotFoundError,
  TransientError,
  type ErrorValues,
  type FieldProblem,
} from './errors.js';
export {
  dayMs,
  earliest,
  fromMs,
  hourMs,
  instant,
  latest,
  minuteMs,
  msBetween,
  plus,
  secondMs,
  toMs,
  type Instant,
} from './instant.js';
export { seededBetween, seededFraction } from './seeded.js';
