import { DomainError } from '@overture/kernel';
import { enrollmentStream, type EnrollmentEvent } from '@overture/domain-campaign';
import type { Scope } from './scope.js';

interface Claimed {
  readonly enrollmentId: string;
  readonly actionId: string;
  readonly epoch: number;
}

/**
 * A claim that asks again, because the answer was lost, gets the same words or none: what is sent is what the log says was
 * meant (I11). When the lead's fields have changed in between, the claim ends and a fresh one records the new words.
 */
export async function refuseOtherWords(
  { tx, tenantId }: Scope,
  { enrollmentId, actionId, epoch }: Claimed,
  textSha256: string,
): Promise<void> {
  const { events } = await tx.read<EnrollmentEvent>(tenantId, enrollmentStream(enrollmentId));
  const same = events.some(
    ({ type, data }) =>
      type === 'ActionIntended' &&
      data.actionId === actionId &&
      data.epoch === epoch &&
      data.textSha256 === textSha256,
  );
  if (same) return;
  throw new DomainError('intent/other-words', 'The words have changed since they were recorded.', {
    actionId,
    epoch,
  });
}
