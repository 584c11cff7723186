import type { EnrollmentRef as RefMessage } from '@overture/contracts';
import type { EnrollmentRef } from '../app/timetable.js';

/** Whom an event is about; an event that does not say breaks the contract. */
export function refOf(message: RefMessage | undefined): EnrollmentRef {
  if (message === undefined) throw new Error('Expected an event about an enrollment.');
  const { enrollmentId, campaignId, leadId, identityId } = message;
  return { enrollmentId, campaignId, leadId, identityId };
}
