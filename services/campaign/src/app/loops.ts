import type { Instant } from '@overture/kernel';
import { decideOnCampaign } from './decide-campaign.js';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { planningOf } from './planning.js';
import type { Ports } from './ports.js';
import { stopHeldDuplicates } from './merge-leads.js';
import { inTransaction, type Scope } from './scope.js';
import { startEnrollments } from './start-enrollments.js';

/** Deadlines passed in one round. */
const overdueMax = 200;

/** Passes every deadline that has come; gives the next one, if any. */
export async function passDeadlines(ports: Ports): Promise<Instant | undefined> {
  const at = ports.clock.now();
  for (;;) {
    const overdue = await ports.enrollments.overdue(at, overdueMax);
    for (const tenantId of new Set(overdue.map((each) => each.tenantId))) {
      const own = overdue.filter((each) => each.tenantId === tenantId);
      const ids = own.map(({ enrollmentId }) => enrollmentId);
      await inTransaction(ports, { tenantId, meta: {} }, async (scope) => {
        const planning = await planningOf(ports, scope, ids);
        const decisions = [...planning].map(([enrollmentId, plan]): EnrollmentDecision => {
          return { enrollmentId, command: { type: 'PassDeadline', data: { planning: plan, at } } };
        });
        await decideEnrollments(ports, scope, decisions);
      });
    }
    if (overdue.length < overdueMax) return ports.enrollments.nextDeadline();
  }
}

/** Starts whoever was added to a launched campaign; true when somebody could not be checked and waits. */
export async function startWaiting(ports: Ports): Promise<boolean> {
  let waiting = false;
  for (const { tenantId, campaignId } of await ports.enrollments.campaignsToStart()) {
    const { unchecked } = await startEnrollments(ports, { tenantId, meta: {} }, campaignId);
    waiting ||= unchecked !== undefined;
  }
  return waiting;
}

/** Ends every launched campaign whose leads have all come to their end. */
export async function finishCampaigns(ports: Ports): Promise<void> {
  const at = ports.clock.now();
  for (const { tenantId, campaignId } of await ports.enrollments.campaignsToFinish()) {
    await inTransaction(ports, { tenantId, meta: {} }, async (scope) => {
      // Whoever adds leads holds this row: after it is ours, nobody new can have come.
      await ports.gates.lock(scope, { kind: 'campaign', gateId: campaignId });
      const ended = await ports.enrollments.allEnded(scope, campaignId);
      if (!ended || (await bringsLeads(ports, scope, campaignId))) return;
      await stopHeldDuplicates(ports, scope, campaignId);
      const commands = [{ type: 'FinishCampaign', data: { at } } as const];
      await decideOnCampaign(ports, scope, { campaignId, commands });
    });
  }
}

/** Somebody has been promised to become a lead of it. */
async function bringsLeads(
  { imports, searches }: Ports,
  scope: Scope,
  campaignId: string,
): Promise<boolean> {
  const isCommitting = await imports.isCommitting(scope, campaignId);
  return isCommitting || searches.willCommit(scope, campaignId);
}
