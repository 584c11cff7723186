import { holidaysOf, regionOfZone, type Holiday } from '@overture/calendar';
import type { OvertureApi } from './overture-api.js';

/** A day on which nobody at one place is to hear of us. */
export interface DayOff extends Holiday {
  readonly zone: string;
}

interface ListedLead {
  readonly leadId: string;
  readonly linkedinUrl: string;
  readonly timeZone?: string;
}

const dayMs = 86_400_000;
const far = 'Asia/Kolkata';
/** Where some of the leads live: wherever there is a holiday while the demo is busiest. */
const candidates = [
  'America/New_York',
  'Asia/Tokyo',
  'America/Sao_Paulo',
  'Europe/Berlin',
  'America/Toronto',
  'Africa/Johannesburg',
  'Europe/Warsaw',
  'America/Mexico_City',
  'Pacific/Auckland',
  'Europe/London',
  'Asia/Jakarta',
  'Asia/Singapore',
];
const daysUntil = { first: 5, last: 30 };
// Whoever plays the demo with a long file sees enough with the first page of it.
const leadsMax = 200;

/** The first public holiday on a working day, some days after the beginning, and a place that keeps it. */
export function holidayWithin(startedAt: Date): DayOff | undefined {
  const day = (after: number): string =>
    new Date(startedAt.getTime() + after * dayMs).toISOString().slice(0, 10);
  const [first, last] = [day(daysUntil.first), day(daysUntil.last)];
  const years = [...new Set([first, last].map((date) => Number(date.slice(0, 4))))];
  return candidates
    .flatMap((zone) => years.flatMap((year) => holidaysAt(zone, year)))
    .filter(({ date }) => first <= date && date <= last && isWorkingDay(date))
    .sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)))[0];
}

/** Tells the product where leads live of whom the file does not say: half stay where the campaign is. */
export async function settleLeads(
  api: OvertureApi,
  campaignId: string,
  dayOff: DayOff | undefined,
): Promise<void> {
  const { leads = [] } = await api.get<{ leads?: ListedLead[] }>(
    `leads?campaignId=${campaignId}&limit=${leadsMax}`,
  );
  const zones = ['', far, '', dayOff?.zone ?? far];
  const unknown = leads
    .filter(({ timeZone = '' }) => timeZone === '')
    .sort((a, b) => (a.linkedinUrl < b.linkedinUrl ? -1 : 1));
  for (const [index, { leadId }] of unknown.entries()) {
    const timeZone = zones[index % zones.length];
    if (timeZone) await api.patch(`leads/${leadId}`, { timeZone });
  }
}

function holidaysAt(zone: string, year: number): DayOff[] {
  const region = regionOfZone(zone);
  return region === undefined ? [] : holidaysOf(region, year).map((day) => ({ ...day, zone }));
}

function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return weekday > 0 && weekday < 6;
}
