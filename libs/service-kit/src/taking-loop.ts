import type { Clock, Instant } from '@overture/kernel';
import type { Logger } from 'pino';
import { DueLoop } from './due-loop.js';

export interface TakingLoopOptions<T> {
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Takes what is due, as far as there is room beside what is at work, and says when the next will be. */
  readonly take: (
    atWork: number,
  ) => Promise<{ taken: readonly T[]; nextDueAt: Instant | undefined }>;
  /** Works on one thing to its end. It must not throw; what does is logged. */
  readonly work: (item: T) => Promise<void>;
}

// Holds run on real time: what a dead owner held shows between two wake-ups of the business clock.
const lookForFreedMs = 5_000;

/** Works on many things at once as they come due, each to its end; a slow one holds up no other. */
export class TakingLoop<T> {
  private readonly loop: DueLoop;
  private readonly atWork = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: TakingLoopOptions<T>) {
    const { name, clock, logger } = options;
    this.loop = new DueLoop({ name, clock, logger, work: () => this.takeUp() });
  }

  start(): void {
    this.wake();
    this.timer = setInterval(() => this.wake(), lookForFreedMs);
  }

  /** Something may be due now. */
  wake(): void {
    this.loop.wake();
  }

  /** Takes nothing more and waits for what is at work. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.loop.stop();
    await Promise.all(this.atWork);
  }

  private async takeUp(): Promise<Instant | undefined> {
    const { taken, nextDueAt } = await this.options.take(this.atWork.size);
    for (const item of taken) this.begin(item);
    return nextDueAt;
  }

  private begin(item: T): void {
    const { name, clock, logger, work } = this.options;
    const working = clock
      .during(() => work(item))
      .catch((error: unknown) => logger.error({ err: error, loop: name }, 'a piece of work failed'))
      .finally(() => {
        this.atWork.delete(working);
        this.wake();
      });
    this.atWork.add(working);
  }
}
