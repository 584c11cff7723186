import { instant, minuteMs, plus } from '@overture/kernel';
import { pino } from 'pino';
import { standaloneVirtualClock } from './clock/virtual-clock.js';
import { DueLoop } from './due-loop.js';

const start = instant('2026-03-02T09:00:00.000Z');
const logger = pino({ level: 'silent' });
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('A due loop', () => {
  it('runs when woken and again when the next thing is due', async () => {
    const clock = standaloneVirtualClock(start);
    const runs: string[] = [];
    const loop = new DueLoop({
      name: 'test',
      clock,
      logger,
      work: async () => {
        runs.push(clock.now());
        return runs.length < 2 ? plus(start, minuteMs) : undefined;
      },
    });
    loop.wake();
    await settled();
    expect(clock.reading.nextWakeAt).toBe(plus(start, minuteMs));
    clock.set({ mode: 'virtual', now: plus(start, minuteMs) });
    clock.run();
    await settled();
    expect(runs).toEqual([start, plus(start, minuteMs)]);
    expect(clock.reading).toMatchObject({ busy: 0 });
  });

  it('runs once more for any number of wake-ups during a run', async () => {
    let runs = 0;
    let finish = (): void => undefined;
    const loop = new DueLoop({
      name: 'test',
      clock: standaloneVirtualClock(start),
      logger,
      work: () =>
        new Promise((resolve) => {
          runs++;
          finish = () => resolve(undefined);
        }),
    });
    loop.wake();
    loop.wake();
    loop.wake();
    finish();
    await settled();
    expect(runs).toBe(2);
    finish();
    await settled();
    expect(runs).toBe(2);
  });

  it('tries a failed run again after a minute', async () => {
    const clock = standaloneVirtualClock(start);
    const loop = new DueLoop({
      name: 'test',
      clock,
      logger,
      work: () => Promise.reject(new Error('down')),
    });
    loop.wake();
    await settled();
    expect(clock.reading.nextWakeAt).toBe(plus(start, minuteMs));
  });

  it('stops after the present run', async () => {
    let runs = 0;
    const work = async () => {
      runs++;
      return undefined;
    };
    const loop = new DueLoop({ name: 'test', clock: standaloneVirtualClock(start), logger, work });
    loop.wake();
    await loop.stop();
    loop.wake();
    await settled();
    expect(runs).toBe(1);
  });
});
