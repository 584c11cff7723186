import { minuteMs, plus, toMs, type Instant } from '@overture/kernel';

interface Day {
  readonly timeZone: string;
  readonly wakesAtHour: number;
  readonly sleepsAtHour: number;
}

const stepMs = 15 * minuteMs;
const stepsMax = (48 * 60) / 15;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The first moment from `at` on when the person is awake, to a quarter of an hour; walks, so DST is no case. */
export function whenAwake(at: Instant, day: Day): Instant {
  let candidate = at;
  for (let step = 0; step < stepsMax; step++) {
    const hour = localHour(candidate, day.timeZone);
    if (hour >= day.wakesAtHour && hour < day.sleepsAtHour) return candidate;
    candidate = plus(candidate, stepMs);
  }
  return at;
}

function localHour(at: Instant, timeZone: string): number {
  const known = clocks.get(timeZone);
  const clock =
    known ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  if (known === undefined) clocks.set(timeZone, clock);
  return Number(clock.format(toMs(at)));
}
