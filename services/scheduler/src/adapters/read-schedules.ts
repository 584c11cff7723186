import type { Transaction } from '@overture/event-store';
import { defaultSchedule, type Schedule } from '@overture/policy';
import { readSchedules as statement } from './due.sql.js';

interface CampaignName {
  readonly tenantId: string;
  readonly campaignId: string;
}

/** The schedules of some campaigns. */
export class Schedules {
  private readonly byCampaign = new Map<string, Schedule>();

  of(tenantId: string, campaignId: string): Schedule {
    return this.byCampaign.get(keyOf({ tenantId, campaignId })) ?? defaultSchedule;
  }

  set(campaign: CampaignName, schedule: Schedule): void {
    this.byCampaign.set(keyOf(campaign), schedule);
  }
}

/** Reads each campaign once, however many queues it has. */
export async function readSchedules(
  tx: Transaction,
  campaigns: readonly CampaignName[],
): Promise<Schedules> {
  const distinct = [...new Map(campaigns.map((each) => [keyOf(each), each])).values()];
  const schedules = new Schedules();
  if (distinct.length === 0) return schedules;
  const { rows } = await tx.query<{ place: number; schedule: string | null }>(statement, [
    distinct.map(({ tenantId }) => tenantId),
    distinct.map(({ campaignId }) => campaignId),
  ]);
  for (const { place, schedule } of rows) {
    const campaign = distinct[place - 1];
    if (campaign && schedule !== null) schedules.set(campaign, parsed(schedule));
  }
  return schedules;
}

const keyOf = ({ tenantId, campaignId }: CampaignName): string => `${tenantId}\n${campaignId}`;

const parsedMax = 10_000;
const known = new Map<string, Schedule>();

// The rules remember what they work out about a schedule, so the same text must stay the same object.
function parsed(text: string): Schedule {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= parsedMax) known.clear();
  const schedule = JSON.parse(text) as Schedule;
  known.set(text, schedule);
  return schedule;
}
