import { DomainError, type Decider } from '@overture/kernel';
import type { CampaignCommand } from './commands.js';
import { changeSchedule, createCampaign, reviseSequence } from './draft.js';
import type { CampaignEvent } from './events.js';
import { changeSettings } from './settings.js';
import { evolveCampaign, initialCampaign, type Campaign, type CreatedCampaign } from './state.js';

/** What is sent to whom, in which order and when; and whether it runs at all (F001). */
export const campaign: Decider<Campaign, CampaignCommand, CampaignEvent> = {
  initialState: initialCampaign,
  decide: decideCampaign,
  evolve: evolveCampaign,
};

function decideCampaign(command: CampaignCommand, state: Campaign): CampaignEvent[] {
  if (command.type === 'CreateCampaign') return createCampaign(command, state);
  if (state.status === 'absent') {
    throw new DomainError('campaign/not-found', 'This campaign was never created.');
  }
  switch (command.type) {
    case 'ReviseSequence':
      return reviseSequence(command, state);
    case 'ChangeSchedule':
      return changeSchedule(command, state);
    case 'ChangeSettings':
      return changeSettings(command, state);
    case 'LaunchCampaign':
      return launch(command, state);
    case 'PauseCampaign':
      return pause(command, state);
    case 'ResumeCampaign':
      return resume(command, state);
    case 'FinishCampaign':
      return finish(command, state);
    case 'ArchiveCampaign':
      return archive(command, state);
  }
}

type Of<Type extends CampaignCommand['type']> = Extract<CampaignCommand, { type: Type }>;

function launch({ data: { at } }: Of<'LaunchCampaign'>, state: CreatedCampaign): CampaignEvent[] {
  const { status, campaignId, schedule } = state;
  if (status === 'launched' || status === 'paused') return [];
  if (status !== 'draft') throw over(state, 'launched');
  return [{ type: 'CampaignLaunched', data: { campaignId, schedule, at } }];
}

// Stop-type calls are never refused (F119): what does not run is stopped already.
function pause({ data }: Of<'PauseCampaign'>, state: CreatedCampaign): CampaignEvent[] {
  if (state.status !== 'launched') return [];
  return [{ type: 'CampaignPaused', data: { campaignId: state.campaignId, ...data } }];
}

function resume({ data }: Of<'ResumeCampaign'>, state: CreatedCampaign): CampaignEvent[] {
  if (state.status === 'launched') return [];
  if (state.status === 'draft') {
    throw new DomainError('campaign/not-launched', 'A draft is launched, not resumed.');
  }
  if (state.status !== 'paused') throw over(state, 'resumed');
  return [{ type: 'CampaignResumed', data: { campaignId: state.campaignId, ...data } }];
}

function finish({ data }: Of<'FinishCampaign'>, state: CreatedCampaign): CampaignEvent[] {
  if (state.status === 'finished' || state.status === 'archived') return [];
  if (state.status === 'draft') {
    throw new DomainError('campaign/not-launched', 'A draft has nothing to finish.');
  }
  return [{ type: 'CampaignFinished', data: { campaignId: state.campaignId, ...data } }];
}

function archive({ data }: Of<'ArchiveCampaign'>, state: CreatedCampaign): CampaignEvent[] {
  if (state.status === 'archived') return [];
  return [{ type: 'CampaignArchived', data: { campaignId: state.campaignId, ...data } }];
}

function over({ status }: CreatedCampaign, what: string): DomainError {
  return new DomainError('campaign/over', `This campaign is ${status} and cannot be ${what}.`, {
    status,
  });
}
