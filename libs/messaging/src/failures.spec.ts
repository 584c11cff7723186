import { fromMs } from '@overture/kernel';
import { Failures } from './failures.js';

describe('Failures', () => {
  it('count each event by itself, and passing failures apart from lasting ones', () => {
    const failures = new Failures({ now: () => fromMs(0) });
    expect(failures.record('lasting', 's', 1).tries).toBe(1);
    expect(failures.record('lasting', 's', 1)).toEqual({ tries: 2, firstFailedAt: fromMs(0) });
    expect(failures.record('passing', 's', 1).tries).toBe(1);
    expect(failures.record('lasting', 's', 2).tries).toBe(1);
    failures.forget('s', 1);
    expect(failures.record('lasting', 's', 1).tries).toBe(1);
  });

  it('let a stream rest, longer with each try and never beyond half a minute', () => {
    const failures = new Failures({ now: () => fromMs(0) });
    expect(failures.restingMs('s')).toBe(0);
    const first = failures.rest('s', 1);
    expect(failures.restingMs('s')).toBeGreaterThan(0);
    expect(failures.restingMs('other')).toBe(0);
    expect(failures.rest('s', 6)).toBeGreaterThan(first);
    expect(failures.rest('s', 60)).toBeLessThanOrEqual(30_000);
  });
});
