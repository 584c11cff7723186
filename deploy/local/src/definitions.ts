import type { ServiceDefinition } from '@overture/service-kit';
import type { ServiceName } from './installation.js';

type Load = () => Promise<ServiceDefinition>;

// Imported one by one, so that a process with one service loads nothing of the others.
const loaders: Record<ServiceName, Load> = {
  gateway: async () => (await import('@overture/gateway')).gatewayService,
  webhook: async () => (await import('@overture/webhook')).webhookService,
  scheduler: async () => (await import('@overture/scheduler')).schedulerService,
  campaign: async () => (await import('@overture/campaign')).campaignService,
  sender: async () => (await import('@overture/sender')).senderService,
  sync: async () => (await import('@overture/sync')).syncService,
  simulator: async () => (await import('@overture/simulator')).simulatorService,
};

export function loadDefinition(name: ServiceName): Promise<ServiceDefinition> {
  return loaders[name]();
}
