import { Clock, fromMs, toMs, type Cancel, type Instant } from '@overture/kernel';

// Node cuts longer timers to one millisecond.
const timerMsMax = 2 ** 31 - 1;

/** The system's clock. */
export class RealClock extends Clock {
  now(): Instant {
    return fromMs(Date.now());
  }

  wakeAt(at: Instant, wake: () => void | Promise<void>): Cancel {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const delayMs = toMs(at) - Date.now();
      timer =
        delayMs > timerMsMax
          ? setTimeout(arm, timerMsMax)
          : setTimeout(() => void wake(), Math.max(0, delayMs));
    };
    arm();
    return () => clearTimeout(timer);
  }

  during<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}
