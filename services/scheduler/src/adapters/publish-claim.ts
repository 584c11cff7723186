import { ActionClaimedSchema, ClaimClosedSchema, ClaimGivenBackSchema } from '@overture/contracts';
import type { RecordedEvent } from '@overture/event-store';
import { published, type Published } from '@overture/messaging';
import type { ClaimEvent } from '../app/claim-events.js';
import { kindToContract } from '../kinds.js';

/** The public form of every event this service stores. */
export function publishClaim(recorded: RecordedEvent): Published {
  const event = recorded as RecordedEvent<ClaimEvent>;
  switch (event.type) {
    case 'ActionClaimed':
      return published(ActionClaimedSchema, {
        ...event.data,
        kind: kindToContract(event.data.kind),
      });
    case 'ClaimGivenBack':
      return published(ClaimGivenBackSchema, event.data);
    case 'ClaimClosed':
      return published(ClaimClosedSchema, event.data);
  }
}
