import type { CampaignSettings } from '@overture/domain-campaign';
import type { Schedule } from '@overture/policy';

/** Copies that may be written into, as messages want them; what was not said is empty. */
export function plainSchedule({ windows, fallbackZone, daysOff, holidays }: Schedule) {
  const plain = windows.map(({ weekdays, from, until }) => {
    return { weekdays: [...weekdays], from, until };
  });
  return { windows: plain, fallbackZone, daysOff: [...daysOff], holidays: holidays ?? '' };
}

export function plainSettings({ dailyCaps, calendarDayCaps, first }: CampaignSettings) {
  const caps = { dailyCaps: { ...dailyCaps }, calendarDayCaps: { ...calendarDayCaps } };
  return { ...caps, first: first ?? '' };
}
