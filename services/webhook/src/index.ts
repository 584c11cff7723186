import type { ServiceDefinition } from '@overture/service-kit';
import { webhookSettings } from './settings.js';
import { WebhookModule } from './webhook.module.js';

/** Provider webhooks in, partner webhooks out. */
export const webhookService: ServiceDefinition<typeof webhookSettings> = {
  name: 'webhook',
  settings: webhookSettings,
  migrations: ['event-store', 'messaging', 'webhook'],
  module: (context) => WebhookModule.for(context),
};
