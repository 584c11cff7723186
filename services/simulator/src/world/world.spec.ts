import { dayMs, hourMs, instant, plus } from '@overture/kernel';
import { habitsOf } from './habits.js';
import { defaultKnobs } from './knobs.js';
import { capacityOf, slotFreeAt } from './limits.js';
import { idOf, namesOf, uuidOf } from './names.js';
import { nameInAddress } from './profile-address.js';
import { whenAwake } from './waking.js';

const world = { seed: 'a-seed', knobs: defaultKnobs };
const monday = instant('2026-03-02T09:00:00Z');

describe('The habits of a person', () => {
  const crowd = Array.from({ length: 2_000 }, (_, n) => habitsOf(world, `person-${n}`));
  const share = (holds: (habits: (typeof crowd)[number]) => boolean) =>
    crowd.filter(holds).length / 2_000;

  it('are the same whenever they are asked for', () => {
    expect(habitsOf(world, 'person-7')).toEqual(habitsOf(world, 'person-7'));
    expect(habitsOf({ ...world, seed: 'another' }, 'person-7')).not.toEqual(
      habitsOf(world, 'person-7'),
    );
  });

  it('are as common as the knobs say', () => {
    expect(share(({ acceptAfterMs }) => acceptAfterMs !== null)).toBeCloseTo(0.45, 1);
    expect(share(({ gone }) => gone)).toBeCloseTo(0.02, 1);
    expect(
      share(({ replyTo, replyAfterMs }) => replyTo === 'note' && replyAfterMs !== null),
    ).toBeCloseTo(0.05, 1);
  });

  it('stay within the ranges of the knobs', () => {
    for (const { acceptAfterMs, replyTo } of crowd) {
      if (acceptAfterMs !== null) expect(acceptAfterMs).toBeGreaterThanOrEqual(2 * hourMs);
      if (acceptAfterMs !== null) expect(acceptAfterMs).toBeLessThanOrEqual(120 * hourMs);
      expect(['note', 1, 2, 3]).toContain(replyTo);
    }
  });

  it('are exact where a test fixes them', () => {
    const fixed = habitsOf(world, 'person-7', { replyAfterMs: 5 });
    expect(fixed).toMatchObject({ replyAfterMs: 5, replyTo: 1, wakesAtHour: 0, sleepsAtHour: 24 });
  });
});

describe('A person', () => {
  it('is awake by the clock on their wall, also when it is put forward', () => {
    const berlin = { timeZone: 'Europe/Berlin', wakesAtHour: 8, sleepsAtHour: 22 };
    expect(whenAwake(monday, berlin)).toBe(monday);
    expect(whenAwake(instant('2026-03-02T22:30:00Z'), berlin)).toBe('2026-03-03T07:00:00.000Z');
    // Clocks went forward in the night of 29 March: eight o'clock comes an hour earlier in UTC.
    expect(whenAwake(instant('2026-03-28T21:30:00Z'), berlin)).toBe('2026-03-29T06:00:00.000Z');
  });

  it('has stable names, and keeps the opaque id the world met them by', () => {
    expect(namesOf('a-seed', 'ada-vale-42')).toMatchObject({
      handle: 'ada-vale-42',
      firstName: 'Ada',
      lastName: 'Vale',
    });
    expect(namesOf('a-seed', 'ada-vale')).toEqual(namesOf('a-seed', 'ada-vale'));
    expect(namesOf('a-seed', 'ada-vale').memberId).toMatch(/^ACoAA[\w-]{34}$/);
    expect(namesOf('a-seed', 'ACwAAB12cdEFgh').salesId).toBe('ACwAAB12cdEFgh');
    expect(Number.isSafeInteger(Number(namesOf('a-seed', 'ada-vale').numericId))).toBe(true);
  });

  it('is found under each address Edges takes', () => {
    expect(nameInAddress('https://fr.linkedin.com/in/Ada-Vale/?x=1')).toBe('ada-vale');
    expect(nameInAddress('https://www.linkedin.com/in/j%C3%BCrgen')).toBe('jürgen');
    expect(nameInAddress('https://www.linkedin.com/pub/ada/1/2b/3c4')).toBe('ada-3c42b1');
    expect(nameInAddress('https://www.linkedin.com/sales/lead/ACwAAB12cdEF,X,y')).toBe(
      'ACwAAB12cdEF',
    );
    for (const address of [
      'http://www.linkedin.com/in/ada',
      'https://m.linkedin.com/in/ada',
      'https://www.linkedin.com/company/ada',
      'https://example.com/in/ada',
      'https://www.linkedin.com/in/%E0%A4%A',
      7,
    ]) {
      expect(nameInAddress(address)).toBeUndefined();
    }
  });
});

describe('A Smart Limit', () => {
  it('grows by a fifth a day over five days, rounded up', () => {
    const onDay = (day: number) =>
      capacityOf('invite', 'classic', { since: monday, now: plus(monday, (day - 1) * dayMs) });
    expect([1, 2, 3, 4, 5, 9].map(onDay)).toEqual([5, 10, 15, 20, 25, 25]);
    expect(capacityOf('message', 'navigator')).toBe(250);
  });

  it('frees a slot when the oldest use leaves, or earlier when the ramp grows', () => {
    expect(slotFreeAt(plus(monday, hourMs))).toBe(plus(monday, dayMs + hourMs));
    const ramp = { since: monday, now: plus(monday, 2 * hourMs) };
    expect(slotFreeAt(plus(monday, hourMs), ramp)).toBe(plus(monday, dayMs));
  });
});

describe('An id the simulator gives', () => {
  it('is fixed by what it is for', () => {
    expect(idOf('a-seed', 12, 'message', 1)).toBe(idOf('a-seed', 12, 'message', 1));
    expect(uuidOf('a-seed', 'run', 1)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(uuidOf('a-seed', 'run', 1)).not.toBe(uuidOf('a-seed', 'run', 2));
  });
});
