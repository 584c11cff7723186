import type { Schedule } from '@overture/policy';
import type { CampaignEvent } from './events.js';
import type { CampaignType, Sequence } from './sequence.js';

export type CampaignStatus = 'draft' | 'launched' | 'paused' | 'finished' | 'archived';

export interface CreatedCampaign {
  readonly status: CampaignStatus;
  readonly campaignId: string;
  readonly type: CampaignType;
  readonly identityIds: readonly string[];
  readonly sequence: Sequence;
  readonly schedule: Schedule;
}

export type Campaign = { readonly status: 'absent' } | CreatedCampaign;

export const initialCampaign: Campaign = { status: 'absent' };

/** Tracks facts and decides nothing: it never throws, never logs, never reads a clock. */
export function evolveCampaign(state: Campaign, event: CampaignEvent): Campaign {
  if (state.status === 'absent') return event.type === 'CampaignCreated' ? created(event) : state;
  switch (event.type) {
    case 'CampaignCreated':
      return state;
    case 'SequenceRevised':
      return { ...state, sequence: event.data.sequence };
    case 'ScheduleChanged':
      return { ...state, schedule: event.data.schedule };
    default:
      return { ...state, status: statusAfter[event.type] };
  }
}

const statusAfter = {
  CampaignLaunched: 'launched',
  CampaignPaused: 'paused',
  CampaignResumed: 'launched',
  CampaignFinished: 'finished',
  CampaignArchived: 'archived',
} as const;

function created({ data }: CampaignEvent & { type: 'CampaignCreated' }): CreatedCampaign {
  const { campaignId, type, identityIds, sequence, schedule } = data;
  return { status: 'draft', campaignId, type, identityIds, sequence, schedule };
}
