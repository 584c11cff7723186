import type { Instant } from '@overture/kernel';
import type { Sequence } from '../campaign/sequence.js';
import type { EnrollmentExpired, EnrollmentWithdrawn } from './events.js';

/** Why nobody waits for an acceptance any more: the invitation itself is not open any more. */
export const invitationGone = 'invitation_gone';

/** The end of whoever needs an acceptance that cannot come; what `withdraw` wants is so already. */
export function unanswered(
  { whenNotAccepted }: Sequence,
  at: Instant,
): EnrollmentExpired | EnrollmentWithdrawn {
  const type = whenNotAccepted === 'withdraw' ? 'EnrollmentWithdrawn' : 'EnrollmentExpired';
  return { type, data: { cause: invitationGone, at } };
}
