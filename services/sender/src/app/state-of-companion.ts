import { companionStream, type CompanionEvent } from '@overture/domain-sender';
import type { EventMeta, Transaction } from '@overture/event-store';
import type { Job } from './jobs.js';

/** States what a customer's browser did, in the stream of its identity. */
export async function stateOfCompanion(
  tx: Transaction,
  { tenantId, identityId }: Job,
  event: CompanionEvent,
  meta: EventMeta,
): Promise<void> {
  const stream = companionStream(identityId);
  const { version } = await tx.read(tenantId, stream);
  await tx.append(tenantId, stream, [{ ...event, meta }], version);
}
