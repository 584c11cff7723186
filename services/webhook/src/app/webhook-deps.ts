import type { Clock } from '@overture/kernel';
import type { Database } from '@overture/event-store';
import type { Deliveries, Endpoints, PartnerCaller } from './ports.js';

/** What the use cases of this service work with; also its injection token. */
export abstract class WebhookDeps {
  abstract readonly database: Database;
  abstract readonly clock: Clock;
  abstract readonly endpoints: Endpoints;
  abstract readonly deliveries: Deliveries;
  abstract readonly caller: PartnerCaller;
}
