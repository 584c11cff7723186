import type { DescMessage } from '@bufbuild/protobuf';
import {
  AcceptanceCorrectedSchema,
  ActionDroppedSchema,
  ActionFoundAbsentSchema,
  ActionIntendedSchema,
  ActionKind,
  ActionOutcomeUnknownSchema,
  ActionPlannedSchema,
  ActionRejectedSchema,
  ActionSucceededSchema,
  BranchTakenSchema,
  DeadlineSetSchema,
  DraftApprovedSchema,
  DraftEditedSchema,
  DraftExpiredSchema,
  DraftOpenedSchema,
  DraftSkippedSchema,
  EnrollmentCompletedSchema,
  EnrollmentExpiredSchema,
  EnrollmentFailedSchema,
  EnrollmentHaltedSchema,
  EnrollmentMovedSchema,
  EnrollmentPausedSchema,
  EnrollmentResumedSchema,
  EnrollmentSkippedSchema,
  EnrollmentStoppedSchema,
  EnrollmentWithdrawnSchema,
  FurtherReplyReceivedSchema,
  InvitationAcceptedSchema,
  InvitationLapsedSchema,
  LeadEnrolledSchema,
  MoveUndoneSchema,
  PersonRecognizedSchema,
  RelationCheckedSchema,
  ReplyCorrectedSchema,
  ReplyReceivedSchema,
  SequencePlannedSchema,
  StepSkippedSchema,
  StopCorrectedSchema,
  TaskCompletedSchema,
  TaskOpenedSchema,
} from '@overture/contracts';
import type { EnrollmentEvent } from '@overture/domain-campaign';
import { published, type Published } from '@overture/messaging';
import { types } from './publish-campaign.js';

const kinds = {
  visit: ActionKind.VISIT,
  connect: ActionKind.CONNECT,
  message: ActionKind.MESSAGE,
  withdraw: ActionKind.WITHDRAW,
  inmail: ActionKind.INMAIL,
  comment: ActionKind.COMMENT,
  task: ActionKind.TASK,
} as const;

// Stored and published under the same names; these differ in nothing but the enums below.
const schemas = {
  PersonRecognized: PersonRecognizedSchema,
  RelationChecked: RelationCheckedSchema,
  ActionIntended: ActionIntendedSchema,
  ActionOutcomeUnknown: ActionOutcomeUnknownSchema,
  ActionFoundAbsent: ActionFoundAbsentSchema,
  ActionDropped: ActionDroppedSchema,
  DeadlineSet: DeadlineSetSchema,
  InvitationAccepted: InvitationAcceptedSchema,
  ReplyReceived: ReplyReceivedSchema,
  EnrollmentPaused: EnrollmentPausedSchema,
  EnrollmentResumed: EnrollmentResumedSchema,
  EnrollmentHalted: EnrollmentHaltedSchema,
  EnrollmentCompleted: EnrollmentCompletedSchema,
  EnrollmentStopped: EnrollmentStoppedSchema,
  EnrollmentFailed: EnrollmentFailedSchema,
  EnrollmentSkipped: EnrollmentSkippedSchema,
  EnrollmentExpired: EnrollmentExpiredSchema,
  EnrollmentWithdrawn: EnrollmentWithdrawnSchema,
  DraftEdited: DraftEditedSchema,
  DraftApproved: DraftApprovedSchema,
  DraftSkipped: DraftSkippedSchema,
  DraftExpired: DraftExpiredSchema,
  TaskOpened: TaskOpenedSchema,
  TaskCompleted: TaskCompletedSchema,
  BranchTaken: BranchTakenSchema,
  StepSkipped: StepSkippedSchema,
  EnrollmentMoved: EnrollmentMovedSchema,
  MoveUndone: MoveUndoneSchema,
  FurtherReplyReceived: FurtherReplyReceivedSchema,
  ReplyCorrected: ReplyCorrectedSchema,
  InvitationLapsed: InvitationLapsedSchema,
  AcceptanceCorrected: AcceptanceCorrectedSchema,
  StopCorrected: StopCorrectedSchema,
} as const satisfies Record<string, DescMessage>;

/** The public form of an enrollment's events: who it is about, and the facts. */
export function publishEnrollment(event: EnrollmentEvent): Published {
  switch (event.type) {
    case 'LeadEnrolled': {
      const { enrollmentId, campaignId, leadId, identityId, campaignType, ...data } = event.data;
      const enrollment = { enrollmentId, campaignId, leadId, identityId };
      const fingerprints = [...data.fingerprints];
      const message = { ...data, enrollment, fingerprints, campaignType: types[campaignType] };
      return published(LeadEnrolledSchema, message);
    }
    case 'SequencePlanned': {
      const steps = event.data.steps.map((step) => ({ ...step, kind: kinds[step.kind] }));
      return published(SequencePlannedSchema, { ...event.data, steps });
    }
    case 'ActionPlanned':
      return published(ActionPlannedSchema, { ...event.data, kind: kinds[event.data.kind] });
    case 'DraftOpened':
      return published(DraftOpenedSchema, { ...event.data, kind: kinds[event.data.kind] });
    case 'ActionSucceeded':
      return published(ActionSucceededSchema, { ...event.data, kind: kinds[event.data.kind] });
    case 'ActionRejected': {
      const { retry: _, kind, ...data } = event.data;
      return published(ActionRejectedSchema, { ...data, kind: kinds[kind] });
    }
    case 'RelationChecked': {
      const { cooldownUntil: _, ...data } = event.data;
      return published(RelationCheckedSchema, data);
    }
    default:
      return { schema: schemas[event.type], message: event.data };
  }
}
