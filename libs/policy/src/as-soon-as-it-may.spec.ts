import { facts } from '../test/given.js';
import { dayMs, instant, minuteMs, secondMs } from '@overture/kernel';
import fc from 'fast-check';
import { defaultLimits } from './profiles.js';
import type { ActionToGo } from './rules.js';
import { defaultSchedule } from './schedule.js';
import { usageOf, type Use } from './usage.js';
import { earliestGo } from './verdict.js';
import { isOpen } from './windows.js';

describe('An identity that always acts as soon as it may', () => {
  const zones = ['Europe/Kyiv', 'America/St_Johns', 'Asia/Kolkata', ''];
  const plan = fc.record({
    zone: fc.constantFrom(...zones),
    firstTouch: fc.boolean(),
    kind: fc.constantFrom('message', 'message', 'connect'),
  });

  // Ten days around the night on which Europe changes its clocks.
  it('never passes a cap, a window or a pause (I3, I4)', () =>
    fc.assert(
      fc.property(fc.array(plan, { minLength: 150, maxLength: 260 }), (plans) => {
        let at = instant('2026-03-23T06:00:00Z');
        const done: (Use & { zone: string })[] = [];
        for (const { kind, zone, firstTouch } of plans as ActionToGo[]) {
          const usage = usageOf(done, kind, defaultLimits, at);
          const go = earliestGo({ kind, zone, firstTouch, notBefore: at }, facts({ usage }), at);
          if (go === undefined) throw new Error('It should have been able to go some day.');
          at = go;
          done.push({ kind, at, firstTouch, zone });
        }
        checkCaps(done);
        checkGaps(done);
        for (const use of done) {
          expect(isOpen(defaultSchedule, use.zone || 'Etc/UTC', use.at, minuteMs)).toBe(true);
        }
      }),
      { seed: 20_260_306, numRuns: 20 },
    ));

  function checkCaps(done: readonly Use[]): void {
    for (const [kind, perDay, perWeek] of [
      ['message', 30, 150] as const,
      ['connect', 15, 75] as const,
    ]) {
      const all = done.filter((use) => use.kind === kind).map(({ at }) => Date.parse(at));
      for (const end of all) {
        expect(all.filter((ms) => ms <= end && ms > end - dayMs).length).toBeLessThanOrEqual(
          perDay,
        );
        expect(all.filter((ms) => ms <= end && ms > end - 7 * dayMs).length).toBeLessThanOrEqual(
          perWeek,
        );
      }
    }
  }

  function checkGaps(done: readonly Use[]): void {
    const gaps = (list: readonly Use[]) =>
      list.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(list[index]?.at ?? at));
    expect(Math.min(...gaps(done))).toBeGreaterThanOrEqual(90 * secondMs);
    const first = gaps(done.filter(({ firstTouch }) => firstTouch));
    expect(Math.min(...first)).toBeGreaterThanOrEqual(30 * minuteMs);
  }
});
