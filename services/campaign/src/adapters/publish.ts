import {
  campaignCategory,
  leadCategory,
  leadRulesCategory,
  type CampaignEvent,
  type EnrollmentEvent,
  type LeadEvent,
  type LeadRulesSet,
} from '@overture/domain-campaign';
import type { RecordedEvent } from '@overture/event-store';
import type { Published } from '@overture/messaging';
import { publishCampaign } from './publish-campaign.js';
import { publishEnrollment } from './publish-enrollment.js';
import { publishLead, publishLeadRules } from './publish-lead.js';

/** The public form of every event this service stores. */
export function publish(event: RecordedEvent): Published {
  switch (event.streamId.slice(0, event.streamId.indexOf('-'))) {
    case campaignCategory:
      return publishCampaign(event as RecordedEvent<CampaignEvent>);
    case leadCategory:
      return publishLead(event as RecordedEvent<LeadEvent>);
    case leadRulesCategory:
      return publishLeadRules(event as RecordedEvent<LeadRulesSet>);
    default:
      return publishEnrollment(event as RecordedEvent<EnrollmentEvent>);
  }
}
