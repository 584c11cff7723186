import {
  CampaignArchivedSchema,
  CampaignCreatedSchema,
  CampaignFinishedSchema,
  CampaignLaunchedSchema,
  CampaignPausedSchema,
  CampaignResumedSchema,
  CampaignType,
  ScheduleChangedSchema,
  SequenceRevisedSchema,
} from '@overture/contracts';
import type { CampaignEvent } from '@overture/domain-campaign';
import { published, type Published } from '@overture/messaging';
import type { Schedule } from '@overture/policy';

/** The public form of a campaign's events. The texts of a sequence stay here. */
export function publishCampaign(event: CampaignEvent): Published {
  switch (event.type) {
    case 'CampaignCreated': {
      const { sequence: _, type, identityIds, schedule, ...data } = event.data;
      const lists = { identityIds: [...identityIds], schedule: scheduleMessage(schedule) };
      return published(CampaignCreatedSchema, { ...data, ...lists, type: types[type] });
    }
    case 'SequenceRevised': {
      const { sequence: _, ...data } = event.data;
      return published(SequenceRevisedSchema, data);
    }
    case 'ScheduleChanged':
    case 'CampaignLaunched': {
      const schema =
        event.type === 'CampaignLaunched' ? CampaignLaunchedSchema : ScheduleChangedSchema;
      const { schedule, ...data } = event.data;
      return published(schema, { ...data, schedule: scheduleMessage(schedule) });
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

function scheduleMessage({ windows, fallbackZone, daysOff }: Schedule) {
  const plain = windows.map(({ weekdays, from, until }) => {
    return { weekdays: [...weekdays], from, until };
  });
  return { windows: plain, fallbackZone, daysOff: [...daysOff] };
}
