import type { CampaignSettings } from '@overture/domain-campaign';

/** Copies that may be written into, as messages want them; what was not said is empty. */
export function plainSettings({ dailyCaps, calendarDayCaps, first, company }: CampaignSettings) {
  const caps = { dailyCaps: { ...dailyCaps }, calendarDayCaps: { ...calendarDayCaps } };
  return { ...caps, first: first ?? '', ...(company && { company: { ...company } }) };
}
