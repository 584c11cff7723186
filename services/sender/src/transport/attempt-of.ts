import type { ActionClaimed } from '@overture/contracts';
import type { AttemptRef } from '@overture/domain-sender';
import { kindFromContract } from '../kinds.js';

/** A claim, in the words of the attempt that follows from it. */
export function attemptOf({ enrollment, actionId, epoch, kind, note }: ActionClaimed): AttemptRef {
  const { enrollmentId = '', campaignId = '', leadId = '', identityId = '' } = enrollment ?? {};
  return {
    actionId,
    epoch,
    kind: kindFromContract(kind),
    enrollment: { enrollmentId, campaignId, leadId, identityId },
    ...(note === 'without' && { withoutNote: true }),
  };
}
