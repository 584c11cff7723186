import type { Clock } from '@overture/kernel';
import type { Database } from '@overture/event-store';
import type { ReadRows } from './reads.js';
import type { IdentityRows, InvitationRows, LinkedInReader, SightingRows } from './ports.js';

/** What the use cases of this service work with; also its injection token. */
export abstract class SyncDeps {
  abstract readonly database: Database;
  abstract readonly clock: Clock;
  abstract readonly identities: IdentityRows;
  abstract readonly sightings: SightingRows;
  abstract readonly invitations: InvitationRows;
  abstract readonly reads: ReadRows;
  abstract readonly reader: LinkedInReader;
}
