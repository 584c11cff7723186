import type { ServiceDefinition } from '@overture/service-kit';
import { syncSettings } from './settings.js';
import { SyncModule } from './sync.module.js';

/** Reads LinkedIn and states what it saw as facts. */
export const syncService: ServiceDefinition<typeof syncSettings> = {
  name: 'sync',
  settings: syncSettings,
  migrations: ['event-store', 'messaging', 'sync'],
  module: (context) => SyncModule.for(context),
};
