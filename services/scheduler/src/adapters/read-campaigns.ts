import type { Transaction } from '@overture/event-store';
import {
  defaultSchedule,
  type CampaignCaps,
  type CompanyCap,
  type Gate,
  type Schedule,
} from '@overture/policy';
import { readCampaigns as statement } from './due.sql.js';
import { sameObject } from './same-object.js';

export interface CampaignName {
  readonly tenantId: string;
  readonly campaignId: string;
}

/** What the rules look at about a campaign. */
export interface CampaignFacts {
  readonly gate: Gate;
  readonly schedule: Schedule;
  readonly caps?: CampaignCaps;
  readonly companyCap?: CompanyCap;
  /** Its invitations wait for a note once the month's are used up. */
  readonly whenNotesUsedUp?: 'wait';
}

interface CampaignRow {
  readonly place: number;
  readonly launched: boolean;
  readonly paused_cause: string | null;
  readonly archived: boolean;
  readonly schedule: string | null;
  readonly daily_caps: string | null;
  readonly company_cap: string | null;
  readonly waits_for_note: boolean;
}

/** In the order asked; each campaign is read once, however often it is named. */
export async function readCampaigns(
  tx: Transaction,
  names: readonly CampaignName[],
): Promise<CampaignFacts[]> {
  if (names.length === 0) return [];
  const distinct = [...new Map(names.map((name) => [keyOf(name), name])).values()];
  const { rows } = await tx.query<CampaignRow>(statement, [
    distinct.map(({ tenantId }) => tenantId),
    distinct.map(({ campaignId }) => campaignId),
  ]);
  const known = new Map(
    rows.map((row) => [keyOf(distinct[row.place - 1] as CampaignName), factsOf(row)]),
  );
  return names.map((name) => known.get(keyOf(name)) ?? unknownCampaign);
}

function factsOf(row: CampaignRow): CampaignFacts {
  const { schedule, daily_caps: caps, company_cap: companyCap } = row;
  return {
    gate: gateOf(row),
    schedule: schedule === null ? defaultSchedule : sameObject<Schedule>(schedule),
    ...(caps !== null && { caps: sameObject<CampaignCaps>(caps) }),
    ...(row.waits_for_note && { whenNotesUsedUp: 'wait' }),
    ...(companyCap !== null && { companyCap: sameObject<CompanyCap>(companyCap) }),
  };
}

function gateOf({ launched, archived, paused_cause }: CampaignRow): Gate {
  if (!launched) return { open: false, cause: 'not_launched' };
  if (archived) return { open: false, cause: 'archived' };
  return paused_cause === null ? { open: true } : { open: false, cause: paused_cause };
}

const keyOf = ({ tenantId, campaignId }: CampaignName): string => `${tenantId}\n${campaignId}`;
const unknownCampaign: CampaignFacts = {
  gate: { open: false, cause: 'not_launched' },
  schedule: defaultSchedule,
};
