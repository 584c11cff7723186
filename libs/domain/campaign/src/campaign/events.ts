import type { Instant } from '@overture/kernel';
import type { Schedule } from '@overture/policy';
import type { CampaignType, Sequence } from './sequence.js';
import type { CampaignSettings } from './settings.js';

// These names and shapes are stored: add to them; never rename, never reuse.
export const campaignCategory = 'campaign';

export type CampaignEvent =
  | CampaignCreated
  | SequenceRevised
  | ScheduleChanged
  | CampaignSettingsChanged
  | CampaignLaunched
  | CampaignPaused
  | CampaignResumed
  | CampaignFinished
  | CampaignArchived;

export interface CampaignCreated {
  type: 'CampaignCreated';
  data: {
    campaignId: string;
    name: string;
    type: CampaignType;
    identityIds: readonly string[];
    sequenceVersion: number;
    sequence: Sequence;
    schedule: Schedule;
    /** Absent: none were asked for. */
    settings?: CampaignSettings;
    at: Instant;
  };
}

export interface SequenceRevised {
  type: 'SequenceRevised';
  data: { campaignId: string; sequenceVersion: number; sequence: Sequence; at: Instant };
}

export interface ScheduleChanged {
  type: 'ScheduleChanged';
  data: { campaignId: string; schedule: Schedule; at: Instant };
}

export interface CampaignSettingsChanged {
  type: 'CampaignSettingsChanged';
  data: { campaignId: string; settings: CampaignSettings; at: Instant };
}

export interface CampaignLaunched {
  type: 'CampaignLaunched';
  data: { campaignId: string; schedule: Schedule; at: Instant };
}

export interface CampaignPaused {
  type: 'CampaignPaused';
  data: { campaignId: string; cause: string; at: Instant };
}

export interface CampaignResumed {
  type: 'CampaignResumed';
  data: { campaignId: string; at: Instant };
}

export interface CampaignFinished {
  type: 'CampaignFinished';
  data: { campaignId: string; at: Instant };
}

export interface CampaignArchived {
  type: 'CampaignArchived';
  data: { campaignId: string; at: Instant };
}
