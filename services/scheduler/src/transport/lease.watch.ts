import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock } from '@overture/kernel';
import { LOGGER } from '@overture/service-kit';
import type { Logger } from 'pino';
import { ExpiredClaims } from '../app/ports.js';
import { TUNING, type SchedulerTuning } from '../settings.js';

/**
 * Offers a claim again when its lease ran out and no attempt was reserved: the sender was away, or the event is late.
 * The higher epoch makes the older offer void. Leases run on real time.
 */
@Injectable()
export class LeaseWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly expired: ExpiredClaims,
    private readonly clock: Clock,
    @Inject(TUNING) private readonly tuning: SchedulerTuning,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rest();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private rest(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.clock.during(() => this.look()).finally(() => this.rest());
    }, this.tuning.lookMs);
  }

  private async look(): Promise<void> {
    try {
      const claims = await this.expired.offerAgain(this.clock.now());
      for (const claim of claims) {
        this.logger.warn(claim, 'nobody took this claim before its lease ended; offered again');
      }
    } catch (error) {
      this.logger.error({ err: error }, 'expired claims could not be offered again');
    }
  }
}
