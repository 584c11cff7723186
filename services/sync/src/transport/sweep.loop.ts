import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DueLoop, LOGGER } from '@overture/service-kit';
import type { Logger } from 'pino';
import { sweepDue } from '../app/sweep-due.js';
import { SyncDeps } from '../app/sync-deps.js';

/** Visits each identity when its sweep is due. */
@Injectable()
export class SweepLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: DueLoop;

  constructor(deps: SyncDeps, @Inject(LOGGER) logger: Logger) {
    this.loop = new DueLoop({
      name: 'sweeps',
      clock: deps.clock,
      logger,
      work: () => sweepDue(deps),
    });
  }

  onApplicationBootstrap(): void {
    this.wake();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  wake(): void {
    this.loop.wake();
  }
}
