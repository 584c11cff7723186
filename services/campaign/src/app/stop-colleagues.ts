import { stopForColleague } from '@overture/domain-campaign';
import type { CompanyStop } from './colleague-stops.js';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { planningOf } from './planning.js';
import type { Ports } from './ports.js';
import { inTransaction, type Scope } from './scope.js';

/** Leads told in one transaction. */
const batchMax = 500;

/**
 * Brings the people of a company in line with who of them answered: stopped while a reply stands, back where they stood
 * once none does (F034, M14). Looks at how things are, so the order of replies and corrections does not matter; false
 * when all is settled.
 */
export async function stopColleagues(ports: Ports): Promise<boolean> {
  let told = false;
  for (const tenantId of await ports.colleagueStops.workspacesRunning()) {
    const one = await inTransaction(ports, { tenantId, meta: {} }, (scope) => tell(ports, scope));
    told ||= one;
  }
  return told;
}

async function tell(ports: Ports, scope: Scope): Promise<boolean> {
  const { colleagueStops, clock } = ports;
  const stop = await colleagueStops.take(scope);
  if (stop === undefined) return false;
  const decisions = await decisionsOn(ports, scope, stop);
  const caused = { ...scope, meta: stop.meta };
  const decided = await decideEnrollments(ports, caused, decisions, { refused: 'collect' });
  if (decided.some(({ events }) => events.length > 0)) {
    scope.tx.afterCommit(() => ports.work.wake('start'));
  } else {
    await colleagueStops.settle(scope, stop, clock.now());
  }
  return true;
}

async function decisionsOn(
  ports: Ports,
  scope: Scope,
  stop: CompanyStop,
): Promise<EnrollmentDecision[]> {
  const { colleagueLeadId, company: companyKey, stops } = stop;
  if (colleagueLeadId === undefined) return corrections(ports, scope, stop);
  if (!stops) return [];
  const ids = await ports.colleagueStops.underWay(scope, stop, batchMax);
  const command = stopForColleague(colleagueLeadId, companyKey, ports.clock.now());
  return ids.map((enrollmentId) => ({ enrollmentId, command }));
}

async function corrections(
  ports: Ports,
  scope: Scope,
  stop: CompanyStop,
): Promise<EnrollmentDecision[]> {
  const ids = await ports.colleagueStops.stopped(scope, stop, batchMax);
  const at = ports.clock.now();
  const said = { reason: 'reply_corrected', by: stop.meta.actor ?? '', at };
  const plannings = await planningOf(ports, scope, ids);
  return [...plannings].map(([enrollmentId, planning]) => {
    return { enrollmentId, command: { type: 'CorrectStop', data: { ...said, planning } } };
  });
}
