import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  SequenceSchema,
  type Branch as BranchMessage,
  type CampaignSettings as SettingsMessage,
  type Sequence as SequenceMessage,
  type Step as StepMessage,
} from '@overture/contracts';
import type {
  Branch,
  CampaignSettings,
  Sequence,
  SequenceDraft,
  Step,
} from '@overture/domain-campaign';
import { kindMessage, kindOf } from './enums.js';

/** A sequence as it is answered; what a step does not have is empty. */
export function sequenceMessage(sequence: Sequence): MessageInitShape<typeof SequenceSchema> {
  const { version, steps, acceptWithinDays } = sequence;
  const { lateAcceptance = '', whenNotAccepted = '', review = false } = sequence;
  return {
    version,
    steps: steps.map(stepMessage),
    acceptWithinDays,
    lateAcceptance,
    whenNotAccepted,
    review,
  };
}

function stepMessage({ kind, delayMs, variants = [], branch, ...step }: Step) {
  return {
    ...step,
    kind: kindMessage(kind),
    delayMs: BigInt(delayMs),
    variants: variants.map((each) => ({ weight: 1, ...each })),
    ...(branch && { branch: branchMessage(branch) }),
  };
}

function branchMessage({ yes, no, ...condition }: Branch) {
  switch (condition.when) {
    case 'accepted_within':
      return { when: condition.when, days: condition.days, yes, no };
    case 'replied_before':
      return { when: condition.when, yes, no };
    case 'field': {
      const { when, name: field, op, value = '' } = condition;
      return { when, field, op, value, yes, no };
    }
  }
}

/** Names this release does not know are left for the decision to refuse, in the words of its rule. */
export function sequenceDraft(message: SequenceMessage): SequenceDraft {
  const { steps, acceptWithinDays, lateAcceptance, whenNotAccepted, review } = message;
  return {
    steps: steps.map((step, index) => stepDraft(step, `/sequence/steps/${index}`)),
    ...(acceptWithinDays > 0 && { acceptWithinDays }),
    ...(lateAcceptance && { lateAcceptance: lateAcceptance as 'park' }),
    ...(whenNotAccepted && { whenNotAccepted: whenNotAccepted as 'withdraw' }),
    ...(review && { review }),
  };
}

function stepDraft(message: StepMessage, path: string): Step {
  const { kind, delayMs, text, variants, branch, $typeName: _, $unknown: __, ...rest } = message;
  return {
    kind: kindOf(kind, `${path}/kind`),
    delayMs: Number(delayMs),
    text,
    ...said(rest),
    ...(variants.length > 0 && { variants: variants.map(variantDraft) }),
    ...(branch && { branch: branchDraft(branch) }),
  };
}

/** Without what is empty or false: an older sequence stays equal to itself. */
function said<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => Boolean(value)),
  ) as Partial<Fields>;
}

function variantDraft({ id, text, subject, weight }: StepMessage['variants'][number]) {
  return { id, text, ...(subject && { subject }), ...(weight > 1 && { weight }) };
}

function branchDraft({ when, days, field, op, value, yes, no }: BranchMessage): Branch {
  if (when === 'accepted_within') return { when, days, yes, no };
  if (when === 'replied_before') return { when, yes, no };
  const known = { when: when as 'field', name: field, op: op as 'present', yes, no };
  return value === '' ? known : { ...known, value };
}

/** What says nothing is not kept. */
function companyOf(message: SettingsMessage['company']): Pick<CampaignSettings, 'company'> {
  const { cap, stopColleaguesOnReply = false } = message ?? {};
  const company = {
    ...(cap && { cap: { people: cap.people, days: cap.days } }),
    ...(stopColleaguesOnReply && { stopColleaguesOnReply }),
  };
  return Object.keys(company).length === 0 ? {} : { company };
}

/** Absent: as it is. */
export function settingsOf(message: SettingsMessage | undefined): CampaignSettings | undefined {
  if (message === undefined) return undefined;
  const { dailyCaps, calendarDayCaps, first, company, whenNotesUsedUp } = message;
  const isNamed = (caps: object) => Object.keys(caps).length > 0;
  return {
    ...(isNamed(dailyCaps) && { dailyCaps }),
    ...(isNamed(calendarDayCaps) && { calendarDayCaps }),
    ...(first && { first: first as 'follow_ups' }),
    ...companyOf(company),
    ...(whenNotesUsedUp && { whenNotesUsedUp: whenNotesUsedUp as 'wait' }),
  };
}
