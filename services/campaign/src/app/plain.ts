import type { CampaignSettings } from '@overture/domain-campaign';

/** Copies that may be written into, as messages want them; what was not said is empty. */
export function plainSettings(settings: CampaignSettings) {
  const { dailyCaps, calendarDayCaps, first = '', company, whenNotesUsedUp = '' } = settings;
  const caps = { dailyCaps: { ...dailyCaps }, calendarDayCaps: { ...calendarDayCaps } };
  return { ...caps, first, whenNotesUsedUp, ...(company && { company: { ...company } }) };
}
