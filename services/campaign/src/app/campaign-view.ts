import type { Instant } from '@overture/kernel';
import type { StreamEvent } from '@overture/event-store';
import { campaign, type Campaign, type CampaignEvent } from '@overture/domain-campaign';
import type { CampaignRow } from './tables.js';

/** What the read model says of one campaign: a pure fold of its stream (I13). */
export interface CampaignView {
  readonly state: Campaign;
  readonly version: number;
  readonly name: string;
  readonly createdAt?: Instant;
  readonly launchedAt?: Instant;
}

export const emptyCampaignView: CampaignView = {
  state: campaign.initialState,
  version: 0,
  name: '',
};

export function evolveCampaignView(
  view: CampaignView,
  event: StreamEvent<CampaignEvent>,
): CampaignView {
  const { type, data, version } = event;
  return {
    ...view,
    state: campaign.evolve(view.state, event),
    version,
    ...(type === 'CampaignCreated' && { name: data.name, createdAt: data.at }),
    ...(type === 'CampaignLaunched' && { launchedAt: data.at }),
  };
}

/** The row of a campaign; undefined before it was created. */
export function campaignRowOf(view: CampaignView): CampaignRow | undefined {
  const { state, version, name, createdAt, launchedAt } = view;
  if (state.status === 'absent' || createdAt === undefined) return undefined;
  const { campaignId, type, status, identityIds, sequence, schedule } = state;
  return {
    campaignId,
    name,
    type,
    status,
    identityIds,
    sequenceVersion: sequence.version,
    schedule,
    createdAt,
    ...(launchedAt && { launchedAt }),
    version,
  };
}
