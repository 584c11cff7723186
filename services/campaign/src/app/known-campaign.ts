import { daysOffOf, regionOfZone } from '@overture/calendar';
import type { KnownCampaign, KnownContact } from '@overture/domain-campaign';
import { plus, type Instant } from '@overture/kernel';
import { campaignCaps, companyWindowMs, type RegionDays } from '@overture/policy';
import type { Ports } from './ports.js';
import type { Caller, Scope } from './scope.js';
import type { CampaignRow } from './tables.js';

/** By campaign, the companies of which somebody has answered it. */
export type Answered = ReadonlyMap<string, ReadonlySet<string>>;

interface Surroundings {
  /** Of its leads. */
  readonly zones: ReadonlySet<string>;
  readonly answered: Answered;
  readonly now: Instant;
}

/** What a forecast knows of a campaign. */
export function knownCampaign(
  { campaignId, status, schedule, settings }: CampaignRow,
  { zones, answered, now }: Surroundings,
): KnownCampaign {
  const isHeld = status !== 'draft' && status !== 'launched';
  const gate = isHeld ? { open: false, cause: status } : { open: true };
  const caps = campaignCaps(settings);
  const holidays = holidaysOf(schedule, zones, now);
  const { whenNotesUsedUp, company } = settings;
  const companies = answered.get(campaignId);
  return {
    campaignId,
    gate,
    schedule,
    holidays,
    caps,
    ...(whenNotesUsedUp && { whenNotesUsedUp }),
    ...(company?.cap && { companyCap: company.cap }),
    ...(companies && { answered: companies }),
  };
}

function holidaysOf(
  { holidays, fallbackZone }: CampaignRow['schedule'],
  zones: ReadonlySet<string>,
  now: Instant,
): ReadonlyMap<string, RegionDays> {
  const days = new Map<string, RegionDays>();
  for (const zone of holidays === 'work' ? [] : zones) {
    const region = regionOfZone(zone || fallbackZone);
    if (region !== undefined) days.set(zone, daysOffOf(region, Number(now.slice(0, 4))));
  }
  return days;
}

/** Of those campaigns that stop at the reply of a colleague. */
export async function answeredBy(
  ports: Ports,
  scope: Scope,
  campaigns: readonly CampaignRow[],
): Promise<Answered> {
  const stopping = campaigns.filter(({ settings }) => settings.company?.stopColleaguesOnReply);
  const answered = new Map<string, ReadonlySet<string>>();
  for (const { campaignId } of stopping) {
    answered.set(campaignId, new Set(await ports.colleagueStops.answered(scope, campaignId)));
  }
  return answered;
}

/** Who was contacted at companies, as far back as one of these campaigns counts. */
export async function contactsAt(
  ports: Ports,
  { tenantId }: Caller,
  campaigns: readonly KnownCampaign[],
  now: Instant,
): Promise<readonly KnownContact[]> {
  const days = Math.max(0, ...campaigns.map(({ companyCap }) => companyCap?.days ?? 0));
  return days === 0 ? [] : ports.outlooks.contacts(tenantId, plus(now, -companyWindowMs({ days })));
}
