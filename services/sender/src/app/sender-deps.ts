import type { Clock } from '@overture/kernel';
import type { Database } from '@overture/event-store';
import type { JobRows } from './jobs.js';
import type { AttemptRows, Authorisation, ConversationSync, LinkedInHand } from './ports.js';

/** What the use cases of this service work with; also its injection token. */
export abstract class SenderDeps {
  abstract readonly database: Database;
  abstract readonly clock: Clock;
  abstract readonly attempts: AttemptRows;
  abstract readonly jobs: JobRows;
  abstract readonly sync: ConversationSync;
  abstract readonly campaign: Authorisation;
  abstract readonly linkedIn: LinkedInHand;
}
