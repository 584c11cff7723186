import { holidayWithin } from './places.js';

const dayMs = 86_400_000;

describe('The holiday of the demo', () => {
  it('is within the five weeks on whatever day they begin, on a working day', () => {
    for (let day = Date.UTC(2026, 0, 1); day < Date.UTC(2029, 0, 1); day += dayMs) {
      const found = holidayWithin(new Date(day));
      const after = (Date.parse(found?.date ?? '') - day) / dayMs;
      expect({ day, inside: after >= 5 && after <= 30 }).toEqual({ day, inside: true });
      expect([1, 2, 3, 4, 5]).toContain(new Date(`${found?.date}T12:00:00Z`).getUTCDay());
    }
  });
});
