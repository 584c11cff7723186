import type { EnrollmentCommand } from '@overture/domain-campaign';
import { decideEnrollments } from './decide-enrollments.js';
import type { Ports } from './ports.js';
import { inTransaction, type Scope } from './scope.js';
import type { OpenFanOut } from './tables.js';

/** Leads told in one transaction. */
const batchMax = 500;

/** One batch of every fan-out that is under way; false when nothing is left that this process could do. */
export async function fanOut(ports: Ports): Promise<boolean> {
  let told = false;
  for (const { tenantId, identityId } of await ports.fanOuts.pending()) {
    const one = await inTransaction(ports, { tenantId, meta: {} }, (scope) =>
      tellBatch(ports, scope, identityId),
    );
    told ||= one;
  }
  return told;
}

// Where it stands is kept in the same transaction as the events, so a crash repeats nothing and skips nobody.
async function tellBatch(ports: Ports, scope: Scope, identityId: string): Promise<boolean> {
  const { fanOuts, enrollments, clock } = ports;
  const open = await fanOuts.take(scope, identityId);
  if (open === undefined) return false;
  const { fanoutNo, afterId } = open;
  const page = { afterId, limit: batchMax };
  const ids = open.superseded ? [] : await enrollments.ofIdentity(scope, identityId, page);
  const last = ids.at(-1);
  if (last === undefined) {
    await fanOuts.close(scope, fanoutNo, clock.now());
    scope.tx.afterCommit(() => ports.work.wake('start'));
    return true;
  }
  const command = commandOf(ports, open);
  const decisions = ids.map((enrollmentId) => ({ enrollmentId, command }));
  await decideEnrollments(ports, { ...scope, meta: open.meta }, decisions, { refused: 'collect' });
  await fanOuts.advance(scope, fanoutNo, last);
  return true;
}

function commandOf({ clock }: Ports, { kind, pauseId, cause }: OpenFanOut): EnrollmentCommand {
  const at = clock.now();
  return kind === 'pause'
    ? { type: 'PauseEnrollment', data: { pauseId, cause, at } }
    : { type: 'ResumeEnrollment', data: { pauseId, at } };
}
