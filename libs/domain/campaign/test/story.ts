import { dayMs, instant, plus, type Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import type {
  CampaignType,
  EnrollmentCommand,
  EnrollmentEvent,
  Planning,
  Relation,
  Sequence,
  Step,
} from '../src/index.js';

// One lead, two campaigns, fixed moments: what every enrollment spec tells its story with.
export const start = instant('2026-03-02T09:00:00Z');

export function on(day: number, minute = 0): Instant {
  return plus(start, day * dayMs + minute * 60_000);
}

export const ref = {
  enrollmentId: 'e-1',
  campaignId: 'c-1',
  leadId: 'l-1',
  identityId: 'i-1',
} as const;

const message = (days: number): Step => {
  return { kind: 'message', delayMs: days * dayMs, text: 'Hi {first_name|there}' };
};

/** visit → connect a day later → message a day after the acceptance → message three days later. */
export const connectorSequence: Sequence = {
  version: 1,
  steps: [
    { kind: 'visit', delayMs: 0, text: '' },
    { kind: 'connect', delayMs: dayMs, text: 'Hello' },
    message(1),
    message(3),
  ],
  acceptWithinDays: 21,
};

export const messengerSequence: Sequence = {
  version: 1,
  steps: [message(0), message(3), message(5)],
  acceptWithinDays: 21,
};

export const connector: Planning = { sequence: connectorSequence, zone: 'Europe/Lisbon' };
export const messenger: Planning = { sequence: messengerSequence, zone: 'Europe/Lisbon' };

type Of<Union extends { type: string; data: object }, Type extends Union['type']> = Extract<
  Union,
  { type: Type }
>;

type WithoutAt<Data> = Omit<Data, 'at'>;

/** An event, at a day of the story. */
export function event<Type extends EnrollmentEvent['type']>(
  type: Type,
  data: WithoutAt<Of<EnrollmentEvent, Type>['data']>,
  at: Instant = start,
): Of<EnrollmentEvent, Type> {
  return { type, data: { ...data, at } } as unknown as Of<EnrollmentEvent, Type>;
}

/** A command, at a day of the story. */
export function command<Type extends EnrollmentCommand['type']>(
  type: Type,
  data: WithoutAt<Of<EnrollmentCommand, Type>['data']>,
  at: Instant = start,
): EnrollmentCommand {
  return { type, data: { ...data, at } } as unknown as EnrollmentCommand;
}

export function enrolled(campaignType: CampaignType): EnrollmentEvent {
  return event('LeadEnrolled', { ...ref, campaignType, sequenceVersion: 1, fingerprints: ['f-1'] });
}

export function checked(relation: Relation): EnrollmentEvent {
  return event('RelationChecked', { relation, lastMessageFromLead: false });
}

/** The action of one step of `connector` or `messenger`. */
export function actionId(step: number, occurrence = 0): string {
  return `e-1.${step}.${occurrence}`;
}

export function planned(
  { sequence, zone }: Planning,
  step: number,
  notBefore: Instant,
  over: Partial<Of<EnrollmentEvent, 'ActionPlanned'>['data']> = {},
): Of<EnrollmentEvent, 'ActionPlanned'> {
  const kind = (sequence.steps[step]?.kind ?? 'message') as ActionKind;
  const isConnector = sequence === connectorSequence;
  const number = isConnector ? step - 1 : step + 1;
  return event(
    'ActionPlanned',
    {
      actionId: actionId(step),
      step,
      kind,
      messageType: messageTypes[kind] ?? `direct_message_${number}`,
      requiresConnection: isConnector && kind === 'message',
      notBefore,
      zone,
      priority: 20,
      firstTouch: kind !== 'visit',
      ...(kind === 'connect' && sequence.steps[step]?.text !== '' && { hasNote: true }),
      ...over,
    },
    over.at,
  );
}

const messageTypes: Readonly<Record<string, string>> = {
  visit: '',
  connect: 'connection_request',
  withdraw: '',
};

export function intended(step: number, epoch = 1, at: Instant = start): EnrollmentEvent {
  return event(
    'ActionIntended',
    { actionId: actionId(step), epoch, textSha256: 'abc', syncedAt: at },
    at,
  );
}

export function succeeded(planning: Planning, step: number, at: Instant = start): EnrollmentEvent {
  const { kind, messageType } = planned(planning, step, at).data;
  return event(
    'ActionSucceeded',
    { actionId: actionId(step), epoch: 1, kind, messageType, readBack: false },
    at,
  );
}

export function intend(step: number, at: Instant, over: object = {}): EnrollmentCommand {
  const data = {
    actionId: actionId(step),
    epoch: 1,
    textSha256: 'abc',
    syncedAt: at,
    relation: 'first_degree' as const,
  };
  return command('IntendAction', { ...data, ...over }, at);
}
