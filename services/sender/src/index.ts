import type { ServiceDefinition } from '@overture/service-kit';
import { senderSettings } from './settings.js';
import { SenderModule } from './sender.module.js';

/** Performs actions: the only one that acts on LinkedIn. */
export const senderService: ServiceDefinition<typeof senderSettings> = {
  name: 'sender',
  settings: senderSettings,
  migrations: ['event-store', 'messaging', 'sender'],
  module: (context) => SenderModule.for(context),
};
