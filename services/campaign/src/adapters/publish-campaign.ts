import {
  CampaignArchivedSchema,
  CampaignCreatedSchema,
  CampaignFinishedSchema,
  CampaignLaunchedSchema,
  CampaignPausedSchema,
  CampaignResumedSchema,
  CampaignSettingsChangedSchema,
  CampaignType,
  ScheduleChangedSchema,
  SequenceRevisedSchema,
} from '@overture/contracts';
import type { CampaignEvent } from '@overture/domain-campaign';
import { published, type Published } from '@overture/messaging';
import { hoursMessage } from '@overture/service-kit';
import { plainSettings } from '../app/plain.js';

/** The public form of a campaign's events. The texts of a sequence stay here. */
export function publishCampaign(event: CampaignEvent): Published {
  switch (event.type) {
    case 'CampaignCreated': {
      const { sequence: _, type, identityIds, schedule, settings, ...data } = event.data;
      const lists = { identityIds: [...identityIds], schedule: hoursMessage(schedule) };
      const chosen = settings && { settings: plainSettings(settings) };
      return published(CampaignCreatedSchema, { ...data, ...lists, ...chosen, type: types[type] });
    }
    case 'SequenceRevised': {
      const { sequence: _, ...data } = event.data;
      return published(SequenceRevisedSchema, data);
    }
    case 'CampaignSettingsChanged': {
      const { settings, ...data } = event.data;
      const message = { ...data, settings: plainSettings(settings) };
      return published(CampaignSettingsChangedSchema, message);
    }
    case 'ScheduleChanged':
    case 'CampaignLaunched': {
      const schema =
        event.type === 'CampaignLaunched' ? CampaignLaunchedSchema : ScheduleChangedSchema;
      const { schedule, ...data } = event.data;
      return published(schema, { ...data, schedule: hoursMessage(schedule) });
    }
    case 'CampaignPaused':
      return published(CampaignPausedSchema, event.data);
    case 'CampaignResumed':
      return published(CampaignResumedSchema, event.data);
    case 'CampaignFinished':
      return published(CampaignFinishedSchema, event.data);
    case 'CampaignArchived':
      return published(CampaignArchivedSchema, event.data);
  }
}

export const types = {
  connector: CampaignType.CONNECTOR,
  messenger: CampaignType.MESSENGER,
} as const;
