import type { Instant } from '@overture/kernel';
import type { Schedule } from '@overture/policy';
import type { CampaignType, Sequence } from './sequence.js';
import type { CampaignSettings } from './settings.js';

/** What a person writes; the decision gives it its version. */
export type SequenceDraft = Omit<Sequence, 'version' | 'acceptWithinDays'> & {
  /** Absent: 21 days. */
  readonly acceptWithinDays?: number;
};

export type CampaignCommand =
  | CreateCampaign
  | ReviseSequence
  | ChangeSchedule
  | ChangeSettings
  | { type: 'LaunchCampaign'; data: { at: Instant } }
  | { type: 'PauseCampaign'; data: { cause: string; at: Instant } }
  | { type: 'ResumeCampaign'; data: { at: Instant } }
  | { type: 'FinishCampaign'; data: { at: Instant } }
  | { type: 'ArchiveCampaign'; data: { at: Instant } };

export interface CreateCampaign {
  type: 'CreateCampaign';
  data: {
    campaignId: string;
    name: string;
    /** Unchecked text: exactly `connector` or `messenger` is accepted (F002, S2-10). */
    type: CampaignType | (string & {});
    identityIds: readonly string[];
    sequence: SequenceDraft;
    /** Absent: Monday to Friday, 09:00 to 17:00, Etc/UTC. */
    schedule?: Schedule;
    settings?: CampaignSettings;
    at: Instant;
  };
}

export interface ReviseSequence {
  type: 'ReviseSequence';
  data: { sequence: SequenceDraft; at: Instant };
}

export interface ChangeSchedule {
  type: 'ChangeSchedule';
  data: { schedule: Schedule; at: Instant };
}

export interface ChangeSettings {
  type: 'ChangeSettings';
  data: { settings: CampaignSettings; at: Instant };
}
