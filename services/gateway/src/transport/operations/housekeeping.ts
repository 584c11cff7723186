import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, dayMs, plus, type Cancel } from '@overture/kernel';
import { LOGGER } from '@overture/service-kit';
import type { Logger } from 'pino';
import { IdempotencyRecords } from '../../app/ports.js';
import { safeError } from '../http/safe-error.js';

/** Once a day removes stored answers that no repeat can ask for any more. */
@Injectable()
export class Housekeeping implements OnApplicationShutdown {
  private cancel: Cancel = () => undefined;

  constructor(
    private readonly records: IdempotencyRecords,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.cancel = this.clock.wakeAt(plus(this.clock.now(), dayMs), () => this.clean());
  }

  onApplicationShutdown(): void {
    this.cancel();
  }

  private async clean(): Promise<void> {
    try {
      const removed = await this.records.removeExpired(this.clock.now());
      this.logger.debug({ removed }, 'expired answers removed');
    } catch (error) {
      this.logger.warn(safeError(error), 'expired answers not removed; the next day tries again');
    }
    this.start();
  }
}
