import type { Schedule } from '@overture/policy';
import type { CampaignEvent } from './events.js';
import type { CampaignType, Sequence } from './sequence.js';
import type { CampaignSettings } from './settings.js';

export type CampaignStatus = 'draft' | 'launched' | 'paused' | 'finished' | 'archived';

export interface CreatedCampaign {
  readonly status: CampaignStatus;
  readonly campaignId: string;
  readonly type: CampaignType;
  readonly identityIds: readonly string[];
  readonly sequence: Sequence;
  readonly schedule: Schedule;
  readonly settings: CampaignSettings;
  /** From the launch on a version is never changed, only followed by another one (F016). */
  readonly wasLaunched: boolean;
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
    case 'CampaignSettingsChanged':
      return { ...state, settings: event.data.settings };
    case 'CampaignLaunched':
      return { ...state, status: 'launched', wasLaunched: true };
    default:
      return { ...state, status: statusAfter[event.type] };
  }
}

const statusAfter = {
  CampaignPaused: 'paused',
  CampaignResumed: 'launched',
  CampaignFinished: 'finished',
  CampaignArchived: 'archived',
} as const;

function created({ data }: CampaignEvent & { type: 'CampaignCreated' }): CreatedCampaign {
  const { campaignId, type, identityIds, sequence, schedule, settings = {} } = data;
  const known = { campaignId, type, identityIds, sequence, schedule, settings };
  return { status: 'draft', ...known, wasLaunched: false };
}
