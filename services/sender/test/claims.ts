import { randomUUID } from 'node:crypto';
import type { AttemptRef } from '@overture/domain-sender';

export const tenantId = randomUUID();

export function claim(epoch = 1, actionId = `${randomUUID()}.0.0`): AttemptRef {
  return {
    actionId,
    epoch,
    kind: 'message',
    enrollment: { enrollmentId: 'e', campaignId: 'c', leadId: 'l', identityId: randomUUID() },
  };
}
