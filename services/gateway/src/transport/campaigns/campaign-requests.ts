import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  ActionKindSchema,
  CampaignTypeSchema,
  type CreateCampaignRequestSchema,
  type ScheduleSchema,
  type SequenceSchema,
} from '@overture/contracts';
import { dayMs, InvalidInputError } from '@overture/kernel';
import { plain } from '../http/plain.js';
import { enumNumber } from '../http/public-json.js';
import type { CreateCampaignDto } from './campaign.dto.js';
import type { MessageTemplatesDto } from './message-templates.dto.js';
import type { ScheduleDto } from './schedule.dto.js';
import type { SequenceDto, StepDto } from './sequence.dto.js';
import type { CampaignSettingsDto, CompanySettingsDto } from './settings.dto.js';

type Step = Omit<StepDto, 'kind'> & { kind: string };

export function createCampaignRequest(
  body: CreateCampaignDto,
): MessageInitShape<typeof CreateCampaignRequestSchema> {
  return {
    name: body.name,
    type: enumNumber(CampaignTypeSchema, body.type),
    identityIds: body.identityIds,
    sequence: sequenceOf(body),
    ...(body.schedule && { schedule: scheduleMessage(body.schedule) }),
    ...(body.settings && { settings: settingsMessage(body.settings) }),
  };
}

export function sequenceMessage({
  steps,
  ...policies
}: SequenceDto): MessageInitShape<typeof SequenceSchema> {
  return { ...given(policies), steps: steps.map(stepMessage) };
}

export function scheduleMessage(schedule: ScheduleDto): MessageInitShape<typeof ScheduleSchema> {
  const { windows, fallbackZone, daysOff, holidays } = schedule;
  return { windows: windows.map(plain), fallbackZone, daysOff, holidays };
}

export function settingsMessage(settings: CampaignSettingsDto) {
  const { dailyCaps, calendarDayCaps, first, company, whenNotesUsedUp } = settings;
  const wrong = (['dailyCaps', 'calendarDayCaps'] as const).flatMap((name) =>
    Object.entries(settings[name])
      .filter(([, cap]) => !Number.isInteger(cap))
      .map(([kind]) => ({
        path: `/settings/${name}/${kind}`,
        message: 'Expected a whole number.',
      })),
  );
  if (wrong.length > 0) throw new InvalidInputError(wrong);
  return {
    dailyCaps: { ...dailyCaps },
    calendarDayCaps: { ...calendarDayCaps },
    first,
    whenNotesUsedUp,
    ...(company && { company: companyMessage(company) }),
  };
}

function companyMessage({ cap, stopColleaguesOnReply }: CompanySettingsDto) {
  return { ...(cap && { cap: plain(cap) }), stopColleaguesOnReply };
}

function sequenceOf({
  type,
  sequence,
  messageTemplates,
}: CreateCampaignDto): MessageInitShape<typeof SequenceSchema> {
  if ((sequence === undefined) === (messageTemplates === undefined)) {
    const message = 'Expected either sequence or messageTemplates.';
    throw new InvalidInputError([{ path: '/sequence', message }]);
  }
  if (sequence !== undefined) return sequenceMessage(sequence);
  return { steps: templateSteps(type, messageTemplates as MessageTemplatesDto).map(stepMessage) };
}

// In a messenger campaign connection_request is the first message, and nobody is invited (S2-01, S2-06).
function templateSteps(type: CreateCampaignDto['type'], templates: MessageTemplatesDto): Step[] {
  const first = { delayMs: 0, text: templates.connection_request };
  const opening =
    type === 'messenger'
      ? [{ kind: 'message', ...first }]
      : [
          { kind: 'visit', delayMs: 0, text: '' },
          { kind: 'connect', ...first },
        ];
  return [...opening, ...followUps(templates)];
}

function followUps({
  follow_up_messages: texts,
  follow_up_delays: days,
}: MessageTemplatesDto): Step[] {
  if (texts.length !== days.length) {
    const message = `Expected one delay for each of ${texts.length} messages, found ${days.length}.`;
    throw new InvalidInputError([{ path: '/messageTemplates/follow_up_delays', message }]);
  }
  return texts.map((text, index) => ({
    kind: 'message',
    delayMs: Math.round((days[index] ?? 0) * dayMs),
    text,
  }));
}

function stepMessage({ kind, delayMs, variants, branch, ...step }: Step) {
  return {
    ...given(step),
    kind: enumNumber(ActionKindSchema, kind),
    delayMs: BigInt(delayMs),
    ...(variants && { variants: variants.map((each) => given(plain(each))) }),
    ...(branch && { branch: given(plain(branch)) }),
  };
}

/** Without what was not said: a message has no place for `undefined`. */
function given<Fields extends object>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]: Exclude<Fields[Name], undefined>;
  };
}
