import { findCampaign } from './decide-campaign.js';
import type { CampaignTotals, ListedAction } from './enrollments.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';

/** Where everybody in a campaign stands, and what was done (S2-43, S2-44). */
export function campaignStats(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<CampaignTotals & { campaignId: string }> {
  return inTransaction(ports, caller, async (scope) => {
    await findCampaign(ports, scope, campaignId);
    return { campaignId, ...(await ports.views.totals(scope, campaignId)) };
  });
}

/** The queue in time order: one row per step of each lead, from launch on (S2-17, S2-42). */
export function listActions(
  ports: Ports,
  caller: Caller,
  wanted: PageWanted & { campaignId: string; identityId: string; status: string },
): Promise<PageOf<ListedAction>> {
  return inTransaction(ports, caller, (scope) => ports.views.actions(scope, wanted));
}
