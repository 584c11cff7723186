import { hoursMessage, hoursOf } from './hours.js';

const office = { weekdays: [1, 2], from: '09:00', until: '17:00' };

describe('Working hours on the wire', () => {
  it.each(['skip', 'work'] as const)('come back as they went, holidays too: %s (F037)', (word) => {
    const hours = {
      windows: [office],
      fallbackZone: 'Europe/Lisbon',
      daysOff: ['2026-12-24'],
      holidays: word,
    };
    expect(hoursOf(hoursMessage(hours))).toEqual(hours);
  });

  it('say nothing of holidays where nobody did, and take the zone they are given', () => {
    const message = { windows: [office], fallbackZone: '', daysOff: [], holidays: '' };
    expect(hoursOf(message)).toEqual({ windows: [office], fallbackZone: 'Etc/UTC', daysOff: [] });
    expect(hoursOf(message, 'Asia/Kolkata').fallbackZone).toBe('Asia/Kolkata');
  });
});
