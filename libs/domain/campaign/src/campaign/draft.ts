import { DomainError, InvalidInputError, type FieldProblem } from '@overture/kernel';
import { defaultSchedule, scheduleProblems, type Schedule } from '@overture/policy';
import { checkSequence } from './check-sequence.js';
import type { ChangeSchedule, CreateCampaign, ReviseSequence, SequenceDraft } from './commands.js';
import type { CampaignEvent } from './events.js';
import { acceptWithinDaysDefault, type CampaignType, type Sequence } from './sequence.js';
import type { Campaign, CreatedCampaign } from './state.js';

export const nameLengthMax = 200;
const identitiesMax = 100;

/** Starts as a draft (S2-09); the type is mandatory and exact (F002, S2-10). */
export function createCampaign({ data }: CreateCampaign, state: Campaign): CampaignEvent[] {
  if (state.status !== 'absent') return [];
  const { campaignId, name, type, identityIds, at } = data;
  const schedule = data.schedule ?? defaultSchedule;
  const problems = [...checkName(name), ...checkIdentities(identityIds), ...under(schedule)];
  if (!isCampaignType(type)) {
    const message = `Expected "connector" or "messenger", found "${type}".`;
    throw new InvalidInputError([...problems, { path: '/type', message }]);
  }
  refuse([...problems, ...underSequence(type, data.sequence)]);
  const sequence = versioned(data.sequence, 1);
  return [
    {
      type: 'CampaignCreated',
      data: { campaignId, name, type, identityIds, sequenceVersion: 1, sequence, schedule, at },
    },
  ];
}

/**
 * Only while nobody follows it: leads finish on the version they started (F016). A draft keeps its version, so that leads
 * who were added to it follow what is launched.
 */
export function reviseSequence({ data }: ReviseSequence, state: CreatedCampaign): CampaignEvent[] {
  const { campaignId, sequence: current, type, status } = state;
  const sequence = versioned(data.sequence, current.version);
  if (sameSequence(sequence, current)) return [];
  if (status !== 'draft') {
    throw new DomainError('campaign/not-draft', `The sequence of a ${status} campaign is fixed.`, {
      status,
    });
  }
  refuse(underSequence(type, data.sequence));
  return [
    {
      type: 'SequenceRevised',
      data: { campaignId, sequenceVersion: sequence.version, sequence, at: data.at },
    },
  ];
}

export function changeSchedule({ data }: ChangeSchedule, state: CreatedCampaign): CampaignEvent[] {
  if (sameSchedule(data.schedule, state.schedule)) return [];
  if (state.status === 'finished' || state.status === 'archived') {
    throw new DomainError('campaign/over', `This campaign is ${state.status}.`, {
      status: state.status,
    });
  }
  refuse(under(data.schedule));
  return [{ type: 'ScheduleChanged', data: { campaignId: state.campaignId, ...data } }];
}

function isCampaignType(type: string): type is CampaignType {
  return type === 'connector' || type === 'messenger';
}

function versioned({ steps, acceptWithinDays }: SequenceDraft, version: number): Sequence {
  return { version, steps, acceptWithinDays: acceptWithinDays ?? acceptWithinDaysDefault };
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

// Field by field: a store may hand the keys back in another order.
function sameSequence(a: Sequence, b: Sequence): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ steps, acceptWithinDays }: Sequence): string {
  const plain = steps.map(({ kind, delayMs, text }) => [kind, delayMs, text]);
  return JSON.stringify([acceptWithinDays, plain]);
}

function sameSchedule(a: Schedule, b: Schedule): boolean {
  return scheduleText(a) === scheduleText(b);
}

function scheduleText({ windows, fallbackZone, daysOff }: Schedule): string {
  const plain = windows.map(({ weekdays, from, until }) => [weekdays, from, until]);
  return JSON.stringify([plain, fallbackZone, daysOff]);
}
