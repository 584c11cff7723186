import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LOGGER, TakingLoop } from '@overture/service-kit';
import type { Logger } from 'pino';
import type { HeldAttempt } from '../app/ports.js';
import { SenderDeps } from '../app/sender-deps.js';
import { putBack, takeDue, workOn } from '../app/work-attempts.js';

/** Attempts at work at the same time in one process. */
const atWorkMax = 64;

/** Works on attempts as they come due. */
@Injectable()
export class AttemptLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: TakingLoop<HeldAttempt>;

  constructor(
    private readonly deps: SenderDeps,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loop = new TakingLoop({
      name: 'attempts',
      clock: deps.clock,
      logger,
      take: (atWork) => takeDue(deps, atWorkMax - atWork),
      work: (held) => this.work(held),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  wake(): void {
    this.loop.wake();
  }

  private async work(held: HeldAttempt): Promise<void> {
    try {
      await workOn(this.deps, held);
    } catch (error) {
      const { actionId } = held.attempt;
      this.logger.error({ err: error, actionId }, 'an attempt could not go on');
      await putBack(this.deps, held);
    }
  }
}
