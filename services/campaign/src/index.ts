import type { ServiceDefinition } from '@overture/service-kit';
import { CampaignModule } from './campaign.module.js';
import { campaignSettings } from './settings.js';

/** Decides whether something may be done: campaigns, leads, enrollments, gates, do-not-contact, imports. */
export const campaignService: ServiceDefinition<typeof campaignSettings> = {
  name: 'campaign',
  settings: campaignSettings,
  migrations: ['event-store', 'messaging', 'campaign'],
  module: (context) => CampaignModule.for(context),
};
