import type { Instant } from '@overture/kernel';
import type { StreamEvent } from '@overture/event-store';
import {
  campaign,
  type Campaign,
  type CampaignEvent,
  type Sequence,
} from '@overture/domain-campaign';
import type { CampaignRow } from './tables.js';

/** What the read model says of one campaign: a pure fold of its stream (I13). */
export interface CampaignView {
  readonly state: Campaign;
  readonly version: number;
  readonly name: string;
  readonly createdAt?: Instant;
  readonly launchedAt?: Instant;
  /** Every version, newest last. */
  readonly sequences: readonly RevisedSequence[];
}

export interface RevisedSequence {
  readonly sequence: Sequence;
  readonly revisedAt: Instant;
}

export const emptyCampaignView: CampaignView = {
  state: campaign.initialState,
  version: 0,
  name: '',
  sequences: [],
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
    sequences: withVersion(view.sequences, event),
    ...(type === 'CampaignLaunched' && { launchedAt: data.at }),
  };
}

// A draft's version is written over; a launched one is followed by the next (F016).
function withVersion(
  known: readonly RevisedSequence[],
  { type, data }: CampaignEvent,
): readonly RevisedSequence[] {
  if (type !== 'CampaignCreated' && type !== 'SequenceRevised') return known;
  const { sequence, at: revisedAt } = data;
  const others = known.filter((each) => each.sequence.version !== sequence.version);
  return [...others, { sequence, revisedAt }];
}

/** The row of a campaign; undefined before it was created. */
export function campaignRowOf(view: CampaignView): CampaignRow | undefined {
  const { state, version, name, createdAt, launchedAt } = view;
  if (state.status === 'absent' || createdAt === undefined) return undefined;
  const { campaignId, type, status, identityIds, sequence, schedule, settings } = state;
  return {
    campaignId,
    name,
    type,
    status,
    identityIds,
    sequenceVersion: sequence.version,
    schedule,
    settings,
    createdAt,
    ...(launchedAt && { launchedAt }),
    version,
  };
}
