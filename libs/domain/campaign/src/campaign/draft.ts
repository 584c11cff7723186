import { DomainError, InvalidInputError, type FieldProblem } from '@overture/kernel';
import { defaultSchedule, scheduleProblems, type Schedule } from '@overture/policy';
import { canonical } from './canonical.js';
import { checkSequence } from './check-sequence.js';
import type { ChangeSchedule, CreateCampaign, ReviseSequence, SequenceDraft } from './commands.js';
import type { CampaignEvent } from './events.js';
import { acceptWithinDaysDefault, type CampaignType, type Sequence } from './sequence.js';
import { settingsProblems } from './settings.js';
import type { Campaign, CreatedCampaign } from './state.js';

export const nameLengthMax = 200;
const identitiesMax = 100;

/** Starts as a draft (S2-09); the type is mandatory and exact (F002, S2-10). */
export function createCampaign({ data }: CreateCampaign, state: Campaign): CampaignEvent[] {
  if (state.status !== 'absent') return [];
  const { campaignId, name, type, identityIds, settings, at } = data;
  const schedule = data.schedule ?? defaultSchedule;
  const problems = [
    ...checkName(name),
    ...checkIdentities(identityIds),
    ...under(schedule),
    ...settingsProblems(settings),
  ];
  if (!isCampaignType(type)) {
    const message = `Expected "connector" or "messenger", found "${type}".`;
    throw new InvalidInputError([...problems, { path: '/type', message }]);
  }
  refuse([...problems, ...underSequence(type, data.sequence)]);
  const sequence = versioned(data.sequence, 1);
  const known = { campaignId, name, type, identityIds, sequenceVersion: 1, sequence, schedule };
  const chosen = settings === undefined ? {} : { settings };
  return [{ type: 'CampaignCreated', data: { ...known, ...chosen, at } }];
}

/**
 * A draft keeps its version, so that leads who were added to it follow what is launched. What was launched never changes:
 * a revision is the next version, for new leads and for those who are moved on purpose (F016).
 */
export function reviseSequence({ data }: ReviseSequence, state: CreatedCampaign): CampaignEvent[] {
  const { campaignId, sequence: current, type, status } = state;
  if (canonical(versioned(data.sequence, current.version)) === canonical(current)) return [];
  if (status === 'finished' || status === 'archived') throw campaignOver(status);
  refuse(underSequence(type, data.sequence));
  const sequenceVersion = state.wasLaunched ? current.version + 1 : current.version;
  const sequence = versioned(data.sequence, sequenceVersion);
  return [
    { type: 'SequenceRevised', data: { campaignId, sequenceVersion, sequence, at: data.at } },
  ];
}

export function changeSchedule({ data }: ChangeSchedule, state: CreatedCampaign): CampaignEvent[] {
  const [wanted, known] = [data.schedule, state.schedule].map(scheduleInForce).map(canonical);
  if (wanted === known) return [];
  const { status } = state;
  if (status === 'finished' || status === 'archived') throw campaignOver(status);
  refuse(under(data.schedule));
  return [{ type: 'ScheduleChanged', data: { campaignId: state.campaignId, ...data } }];
}

/** What holds where nothing was said is said. */
export function scheduleInForce(schedule: Schedule): Schedule {
  return { holidays: 'skip', ...schedule };
}

function campaignOver(status: string): DomainError {
  return new DomainError('campaign/over', `This campaign is ${status}.`, { status });
}

function isCampaignType(type: string): type is CampaignType {
  return type === 'connector' || type === 'messenger';
}

function versioned(draft: SequenceDraft, version: number): Sequence {
  return {
    ...draft,
    version,
    acceptWithinDays: draft.acceptWithinDays ?? acceptWithinDaysDefault,
  };
}

function checkName(name: string): FieldProblem[] {
  const length = name.trim().length;
  if (length > 0 && length <= nameLengthMax) return [];
  return [{ path: '/name', message: `Expected 1 to ${nameLengthMax} characters.` }];
}

function checkIdentities(identityIds: readonly string[]): FieldProblem[] {
  const distinct = new Set(identityIds).size === identityIds.length;
  if (distinct && identityIds.length > 0 && identityIds.length <= identitiesMax) return [];
  const message = `Expected 1 to ${identitiesMax} different identities.`;
  return [{ path: '/identityIds', message }];
}

function under(schedule: Schedule): FieldProblem[] {
  return scheduleProblems(schedule).map(({ path, message }) => {
    return { path: `/schedule${path}`, message };
  });
}

function underSequence(type: CampaignType, draft: SequenceDraft): FieldProblem[] {
  return checkSequence(type, draft).problems.map(({ path, message }) => {
    return { path: `/sequence${path}`, message };
  });
}

function refuse(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw new InvalidInputError(problems);
}
