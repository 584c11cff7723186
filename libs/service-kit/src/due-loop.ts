import { minuteMs, plus, type Cancel, type Clock, type Instant } from '@overture/kernel';
import type { Logger } from 'pino';

export interface DueLoopOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Does what is due now and says when the next thing is; undefined when nothing waits. */
  readonly work: () => Promise<Instant | undefined>;
}

const retryAfterMs = minuteMs;

/**
 * Work that comes due: runs when woken and sleeps until the next due instant. Never two runs at once in one process;
 * a wake-up during a run leads to one more. A failed run is logged and tried again after a minute.
 */
export class DueLoop {
  private cancel: Cancel = () => undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(private readonly options: DueLoopOptions) {}

  /** Something may be due now. */
  wake(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.options.clock
      .during(() => this.runUntilIdle())
      .finally(() => this.rest());
  }

  /** Lets the present run finish and starts no other. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel();
    await this.running;
  }

  private async runUntilIdle(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      this.cancel();
      const next = await this.run();
      if (next && !this.stopped) this.cancel = this.options.clock.wakeAt(next, () => this.wake());
    }
  }

  private async run(): Promise<Instant | undefined> {
    const { name, clock, logger, work } = this.options;
    try {
      return await work();
    } catch (error) {
      if (this.stopped) return undefined;
      logger.error({ err: error, loop: name, retryAfterMs }, 'a run failed and will be repeated');
      return plus(clock.now(), retryAfterMs);
    }
  }

  // A wake-up between the last look and this moment must not be lost.
  private rest(): void {
    this.running = undefined;
    if (this.again) this.wake();
  }
}
