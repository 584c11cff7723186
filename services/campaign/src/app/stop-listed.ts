import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import type { Ports } from './ports.js';
import { inTransaction, type Scope } from './scope.js';

/** Entries looked at together, and enrollments stopped in one transaction. */
const entriesMax = 100;
const batchMax = 500;

/** Stops whoever is under way and was put on do-not-contact; false when nobody is left (F054, I2). */
export async function stopListed(ports: Ports): Promise<boolean> {
  const workspaces = await ports.doNotContact.workspacesRunning();
  for (const tenantId of workspaces) {
    await inTransaction(ports, { tenantId, meta: {} }, (scope) => stopBatch(ports, scope));
  }
  return workspaces.length > 0;
}

// An entry that was taken off meanwhile means nobody any more. Whoever ends here ends no matter which entry it was.
async function stopBatch(ports: Ports, scope: Scope): Promise<void> {
  const entryIds = await ports.doNotContact.running(scope, entriesMax);
  const ids = await ports.doNotContact.meant(scope, entryIds, batchMax);
  const at = ports.clock.now();
  if (ids.length === 0) return ports.doNotContact.close(scope, entryIds, at);
  const data = { cause: 'do-not-contact/listed', at };
  const decisions = ids.map((enrollmentId): EnrollmentDecision => {
    return { enrollmentId, command: { type: 'StopEnrollment', data } };
  });
  await decideEnrollments(ports, scope, decisions);
}
