import type { DescMessage } from '@bufbuild/protobuf';
import {
  ActionRejectedSchema,
  ActionSucceededSchema,
  CampaignFinishedSchema,
  CampaignLaunchedSchema,
  CampaignPausedSchema,
  CampaignResumedSchema,
  EnrollmentCompletedSchema,
  EnrollmentExpiredSchema,
  EnrollmentFailedSchema,
  EnrollmentHaltedSchema,
  EnrollmentPausedSchema,
  EnrollmentResumedSchema,
  EnrollmentSkippedSchema,
  EnrollmentStoppedSchema,
  EnrollmentWithdrawnSchema,
  InvitationAcceptedSchema,
  LeadEnrolledSchema,
  LoginExpiredSchema,
  LoginRestoredSchema,
  ReplyReceivedSchema,
} from '@overture/contracts';

/** The catalogue: what partners can subscribe to, and the fact behind each (F102). Names never change. */
export const partnerEventCatalogue = new Map<string, DescMessage>([
  ['campaign.launched', CampaignLaunchedSchema],
  ['campaign.paused', CampaignPausedSchema],
  ['campaign.resumed', CampaignResumedSchema],
  ['campaign.finished', CampaignFinishedSchema],
  ['lead.enrolled', LeadEnrolledSchema],
  ['lead.invitation_accepted', InvitationAcceptedSchema],
  ['lead.replied', ReplyReceivedSchema],
  ['lead.paused', EnrollmentPausedSchema],
  ['lead.resumed', EnrollmentResumedSchema],
  ['lead.halted', EnrollmentHaltedSchema],
  ['lead.completed', EnrollmentCompletedSchema],
  ['lead.stopped', EnrollmentStoppedSchema],
  ['lead.failed', EnrollmentFailedSchema],
  ['lead.skipped', EnrollmentSkippedSchema],
  ['lead.expired', EnrollmentExpiredSchema],
  ['lead.withdrawn', EnrollmentWithdrawnSchema],
  ['action.succeeded', ActionSucceededSchema],
  ['action.rejected', ActionRejectedSchema],
  ['identity.login_expired', LoginExpiredSchema],
  ['identity.login_restored', LoginRestoredSchema],
]);

/** Sent on demand only, by the test button (F105). */
export const testEventType = 'endpoint.test';

export const partnerEventTypes: ReadonlySet<string> = new Set(partnerEventCatalogue.keys());

const typeBySchema = new Map(
  [...partnerEventCatalogue].map(([type, schema]) => [schema.typeName, type]),
);

/** The partner's name of a fact. */
export function partnerTypeOf(typeName: string): string | undefined {
  return typeBySchema.get(typeName);
}
