import { goldensOf, type Golden } from '@overture/testing/decider';
import type { CampaignEvent } from './campaign/events.js';
import type { EnrollmentEvent } from './enrollment/events.js';
import { campaign, enrollment, lead, leadRules, statusOf } from './index.js';
import type { LeadRulesSet } from './lead-rules/lead-rules.js';
import type { LeadEvent } from './lead/events.js';

// Stored long ago, they must still mean what they meant. One stored file per event; a missing one fails to compile
// here or to be found there.
const campaignAfter: Readonly<Record<CampaignEvent['type'], string>> = {
  CampaignCreated: 'draft',
  SequenceRevised: 'draft',
  ScheduleChanged: 'draft',
  CampaignSettingsChanged: 'draft',
  CampaignLaunched: 'launched',
  CampaignPaused: 'paused',
  CampaignResumed: 'launched',
  CampaignFinished: 'finished',
  CampaignArchived: 'archived',
};
const enrollmentAfter: Readonly<Record<EnrollmentEvent['type'], string>> = {
  LeadEnrolled: 'checking',
  PersonRecognized: 'checking',
  RelationChecked: 'checking',
  SequencePlanned: 'checking',
  ActionPlanned: 'ready_to_message',
  ActionIntended: 'ready_to_message',
  ActionSucceeded: 'messaging',
  ActionRejected: 'ready_to_message',
  ActionOutcomeUnknown: 'ready_to_message',
  ActionFoundAbsent: 'ready_to_message',
  ActionDropped: 'ready_to_message',
  DeadlineSet: 'invited',
  InvitationAccepted: 'checking',
  ReplyReceived: 'replied',
  EnrollmentPaused: 'paused',
  EnrollmentResumed: 'checking',
  EnrollmentHalted: 'halted',
  EnrollmentCompleted: 'completed',
  EnrollmentStopped: 'stopped',
  EnrollmentFailed: 'failed',
  EnrollmentSkipped: 'skipped',
  EnrollmentExpired: 'expired',
  EnrollmentWithdrawn: 'withdrawn',
  DraftOpened: 'ready_to_message',
  DraftEdited: 'checking',
  DraftApproved: 'checking',
  DraftSkipped: 'checking',
  DraftExpired: 'checking',
  TaskOpened: 'ready_to_connect',
  TaskCompleted: 'checking',
  BranchTaken: 'checking',
  StepSkipped: 'checking',
  EnrollmentMoved: 'checking',
  MoveUndone: 'checking',
  FurtherReplyReceived: 'checking',
  ReplyCorrected: 'checking',
  InvitationLapsed: 'checking',
  AcceptanceCorrected: 'checking',
  StopCorrected: 'checking',
};

const duplicateAfter: Readonly<Record<LeadEvent['type'], boolean>> = {
  LeadChanged: false,
  LeadMerged: true,
  LeadSeparated: false,
  LeadEnriched: false,
  LeadNotEnriched: false,
};

const goldens = goldensOf('libs/domain/campaign/golden');
const ofCampaigns = goldens.filter(
  ({ event }) => event.type in campaignAfter,
) as Golden<CampaignEvent>[];
const ofLeads = goldens.filter(({ event }) => event.type in duplicateAfter) as Golden<LeadEvent>[];
const ofRules = goldens.filter(
  ({ event }) => event.type === 'LeadRulesSet',
) as Golden<LeadRulesSet>[];
const ofEnrollments = goldens.filter(
  ({ event }) => event.type in enrollmentAfter,
) as Golden<EnrollmentEvent>[];

function stored<Event extends { type: string }>(
  all: readonly Golden<Event>[],
  type: string,
): Event {
  const found = all.find(({ event }) => event.type === type);
  if (found === undefined) throw new Error(`No golden of ${type}.`);
  return found.event;
}

it('Every event has its golden', () => {
  const types = [
    ...Object.keys(campaignAfter),
    ...Object.keys(enrollmentAfter),
    ...Object.keys(duplicateAfter),
    'LeadRulesSet',
  ];
  expect(goldens.map(({ file }) => file)).toEqual(types.map((type) => `${type}.v1.json`).sort());
});

it.each(ofCampaigns)('$file still folds', ({ event }) => {
  const created = stored(ofCampaigns, 'CampaignCreated');
  const state = [created, event].reduce(campaign.evolve, campaign.initialState);
  expect(state.status).toBe(campaignAfter[event.type]);
});

it.each(ofLeads)('$file still folds', ({ event }) => {
  const { duplicateOf } = lead.evolve(lead.initialState, event);
  expect(duplicateOf !== '').toBe(duplicateAfter[event.type]);
});

it.each(ofRules)('$file still folds', ({ event }) => {
  const rules = leadRules.evolve(leadRules.initialState, event);
  expect(rules).toEqual({ exclusive: false, cooldownDays: 7 });
});

it.each(ofEnrollments)('$file still folds', ({ event }) => {
  const before: EnrollmentEvent[] = [stored(ofEnrollments, 'LeadEnrolled')];
  if (event.type.startsWith('Action')) before.push(stored(ofEnrollments, 'ActionPlanned'));
  const state = [...before, event].reduce(enrollment.evolve, enrollment.initialState);
  expect(statusOf(state)).toBe(enrollmentAfter[event.type]);
});
