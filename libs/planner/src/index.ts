export {
  conclude,
  type AttemptNews,
  type Conclusion,
  type LaneNews,
  type OpenClaim,
} from './conclude.js';
export {
  decideVisit,
  firstSlot,
  type Claim,
  type Decision,
  type FirstSlot,
  type QueueSlot,
  type SetBack,
} from './decide-visit.js';
export { decideVisits } from './decide-visits.js';
export type { QueueName } from './queue.js';
export { decideAgain, recordDecision, type RecordedDecision } from './recorded-decision.js';
export {
  questionOf,
  type Allowances,
  type CompanyOfHead,
  type DueQueue,
  type Head,
  type Question,
  type Row,
  type Standing,
  type Visit,
} from './visit.js';
