import type { AttemptRef } from '@overture/domain-sender';
import type { EventMeta, Transaction } from '@overture/event-store';
import { decideAttempt } from './decide-attempt.js';
import type { SenderDeps } from './sender-deps.js';

/** A claim came in; it is worked on once this transaction has committed. */
export async function reserveAttempt(
  deps: SenderDeps,
  tx: Transaction,
  { tenantId, attempt, meta }: { tenantId: string; attempt: AttemptRef; meta: EventMeta },
): Promise<void> {
  const data = { attempt, at: deps.clock.now() };
  const on = { tenantId, actionId: attempt.actionId, meta };
  await decideAttempt(deps, tx, on, { type: 'ReserveAttempt', data });
}
