import { startService, type RunningService } from '@overture/service-kit';
import { loadDefinition } from './definitions.js';
import { serviceNames, type ServiceName } from './installation.js';

export interface RunningServices {
  /** Where each service's HTTP server listens. */
  readonly urls: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts the services in this process; when one cannot start, the others are stopped again. */
export async function startServices(
  environment: NodeJS.ProcessEnv,
  names: readonly ServiceName[] = serviceNames,
): Promise<RunningServices> {
  const starts = await Promise.allSettled(
    names.map(async (name) => startService(await loadDefinition(name), environment)),
  );
  const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) {
    await closeInOrder(running);
    throw failed.reason;
  }
  return {
    urls: Object.fromEntries(running.map(({ name, url }) => [name, url])),
    close: () => closeInOrder(running),
  };
}

// The gateway first, so that nobody is told "accepted" by a product that is about to stop.
async function closeInOrder(running: readonly RunningService[]): Promise<void> {
  const [gateway, others] = [
    running.filter(({ name }) => name === 'gateway'),
    running.filter(({ name }) => name !== 'gateway'),
  ];
  await Promise.all(gateway.map((service) => service.close()));
  await Promise.all(others.map((service) => service.close()));
}
