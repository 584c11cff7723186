import { dayMs, msBetween, type Instant } from '@overture/kernel';

/** How fast simulated time may go, so that a person can follow. What the work itself took counts as time shown. */
export class Pace {
  private readonly startedAtMs = performance.now();

  constructor(
    private readonly from: Instant,
    private readonly msPerDay: number,
  ) {}

  /** Real milliseconds to wait before simulated time may be `next`; 0 when the work took longer anyway. */
  waitMs(next: Instant): number {
    const shownMs = (msBetween(this.from, next) / dayMs) * this.msPerDay;
    return Math.max(0, shownMs - (performance.now() - this.startedAtMs));
  }
}
