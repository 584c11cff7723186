import type { ServiceDefinition } from '@overture/service-kit';
import { SchedulerModule } from './scheduler.module.js';
import { schedulerSettings } from './settings.js';

export { PostgresDueIdentities } from './adapters/due-identities.js';
export { PostgresTimetable } from './adapters/postgres-timetable.js';
export { claimAllDue, claimDue, type Pass } from './app/claim-due.js';

/** When: the timetable, lanes, windows and caps; the only one that says "now". */
export const schedulerService: ServiceDefinition<typeof schedulerSettings> = {
  name: 'scheduler',
  settings: schedulerSettings,
  migrations: ['event-store', 'messaging', 'scheduler'],
  module: (context) => SchedulerModule.for(context),
};
