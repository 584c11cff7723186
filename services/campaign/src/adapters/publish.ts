import {
  campaignCategory,
  type CampaignEvent,
  type EnrollmentEvent,
} from '@overture/domain-campaign';
import type { RecordedEvent } from '@overture/event-store';
import type { Published } from '@overture/messaging';
import { publishCampaign } from './publish-campaign.js';
import { publishEnrollment } from './publish-enrollment.js';

/** The public form of every event this service stores. */
export function publish(event: RecordedEvent): Published {
  return event.streamId.startsWith(`${campaignCategory}-`)
    ? publishCampaign(event as RecordedEvent<CampaignEvent>)
    : publishEnrollment(event as RecordedEvent<EnrollmentEvent>);
}
