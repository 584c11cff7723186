import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Instant } from '@overture/kernel';
import { DueLoop, LOGGER } from '@overture/service-kit';
import type { Logger } from 'pino';
import type { HeldAttempt } from '../app/ports.js';
import { SenderDeps } from '../app/sender-deps.js';
import { putBack, takeDue, workOn } from '../app/work-attempts.js';

/** Attempts at work at the same time in one process. */
const atWorkMax = 64;
// Holds run on real time: a dead owner shows between two wake-ups of the business clock.
const lookForGoneMs = 5_000;

/** Works on attempts as they come due, many at once, each to its end. */
@Injectable()
export class AttemptLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: DueLoop;
  private readonly atWork = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly deps: SenderDeps,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loop = new DueLoop({
      name: 'attempts',
      clock: deps.clock,
      logger,
      work: () => this.takeUp(),
    });
  }

  onApplicationBootstrap(): void {
    this.wake();
    this.timer = setInterval(() => this.wake(), lookForGoneMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.loop.stop();
    await Promise.all(this.atWork);
  }

  wake(): void {
    this.loop.wake();
  }

  private async takeUp(): Promise<Instant | undefined> {
    const { taken, nextDueAt } = await takeDue(this.deps, atWorkMax - this.atWork.size);
    for (const held of taken) this.begin(held);
    return nextDueAt;
  }

  private begin(held: HeldAttempt): void {
    const work = this.deps.clock
      .during(() => this.work(held))
      .finally(() => {
        this.atWork.delete(work);
        this.wake();
      });
    this.atWork.add(work);
  }

  private async work(held: HeldAttempt): Promise<void> {
    try {
      await workOn(this.deps, held);
    } catch (error) {
      this.logger.error(
        { err: error, actionId: held.attempt.actionId },
        'an attempt could not go on',
      );
      await putBack(this.deps, held).catch(() => undefined);
    }
  }
}
