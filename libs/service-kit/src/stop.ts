import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Health } from './health/health.js';
import type { ServiceContext } from './service-definition.js';

interface Stopping {
  readonly app: NestFastifyApplication;
  readonly health: Health;
  readonly context: ServiceContext;
}

/** Not ready → keep serving a moment → stop pulling → finish in flight within the deadline → drain NATS → close. */
export async function stopInOrder({ app, health, context }: Stopping): Promise<void> {
  const { config, nats, database, logger } = context;
  health.drain();
  await pause(config.DRAIN_DELAY_MS);
  await within(config.SHUTDOWN_GRACE_MS, app.close());
  await within(config.SHUTDOWN_GRACE_MS, nats.drain());
  await within(config.SHUTDOWN_GRACE_MS, database.close());
  logger.info('stopped');
}

function pause(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
}

/** Waits for the work, but no longer than the deadline: a process that hangs must still end. */
async function within(deadlineMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([work.then(() => undefined), deadline]).finally(() => clearTimeout(timer));
}
