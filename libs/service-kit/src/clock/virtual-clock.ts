import { Clock, fromMs, type Cancel, type Instant } from '@overture/kernel';
import type { ClockReport, ClockState } from './protocol.js';
import { RealClock } from './real-clock.js';
import { WakeUps } from './wake-ups.js';

/**
 * A service's view of the shared virtual instant. Time stands still while anyone works; the driver moves it when
 * all are idle, and may let go of it for good (`real`), as the demo does when it has caught up with today.
 */
export class VirtualClock extends Clock {
  private readonly wakeUps = new WakeUps();
  private readonly real = new RealClock();
  private mode: ClockState['mode'];
  private current: Instant;
  private inFlight = 0;
  private begun = 0;

  constructor(state: ClockState) {
    super();
    this.mode = state.mode;
    this.current = state.now;
  }

  now(): Instant {
    return this.mode === 'real' ? this.real.now() : this.current;
  }

  wakeAt(at: Instant, wake: () => void | Promise<void>): Cancel {
    if (this.mode === 'real') return this.real.wakeAt(at, wake);
    if (at > this.current) {
      this.begun++;
      return this.wakeUps.add(at, wake);
    }
    let cancelled = false;
    // Already due: runs in the next turn, and counts as work from this moment on.
    void this.during(async () => {
      await Promise.resolve();
      if (!cancelled) await wake();
    });
    return () => {
      cancelled = true;
    };
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.inFlight++;
    this.begun++;
    try {
      return await work();
    } finally {
      this.inFlight--;
    }
  }

  get reading(): Pick<ClockReport, 'now' | 'busy' | 'activity' | 'nextWakeAt'> {
    const nextWakeAt = this.wakeUps.earliest();
    const work = { busy: this.inFlight, activity: this.begun };
    return { now: this.now(), ...work, ...(nextWakeAt && { nextWakeAt }) };
  }

  /** First every service learns the new instant … */
  set(state: ClockState): void {
    this.begun++;
    this.mode = state.mode;
    this.current = state.now;
    if (state.mode === 'real') {
      for (const { at, wake } of this.wakeUps.takeAll()) this.real.wakeAt(at, wake);
    }
  }

  /** … then what has come due begins. */
  run(): void {
    for (const { wake } of this.wakeUps.takeDue(this.current)) {
      void this.during(async () => wake());
    }
  }
}

/** Virtual time for tests of one service, without NATS: the test itself moves it. */
export function standaloneVirtualClock(at: Instant = fromMs(0)): VirtualClock {
  return new VirtualClock({ mode: 'virtual', now: at });
}
