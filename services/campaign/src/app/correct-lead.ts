import type { EnrollmentCommand, Planning } from '@overture/domain-campaign';
import { InvalidInputError, NotFoundError } from '@overture/kernel';
import { actorOf } from './actor.js';
import { forEach, type LeadControl } from './control-lead.js';
import { planningOf } from './planning.js';
import { label } from './input.js';
import { retryLead } from './control-lead.js';
import type { ShownLead } from './leads.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';

/** The step a lead stands at is left out, with a reason; named, so that a repeated call leaves out no other (F018). */
export async function skipStep(
  ports: Ports,
  caller: Caller,
  control: LeadControl & { stepId: string },
): Promise<ShownLead> {
  const { stepId } = control;
  if (stepId === '') {
    throw new InvalidInputError([{ path: '/stepId', message: 'Name the step it stands at.' }]);
  }
  const only = control.enrollmentId === '' ? underWay : always;
  return withPlanning(ports, caller, { control, only }, (data) => {
    return { type: 'SkipStep', data: { ...data, stepId } };
  });
}

/** A message that was none, in every enrollment that stopped for it: the plans stand as before (P03, M14). */
export function correctReply(
  ports: Ports,
  caller: Caller,
  control: LeadControl & { messageId: string },
): Promise<ShownLead> {
  const { messageId } = control;
  return withPlanning(ports, caller, { control, only: replied }, (data) => {
    return { type: 'CorrectReply', data: { ...data, messageId } };
  });
}

/** An acceptance that was none; what it brought is taken back (M14). */
export function correctAcceptance(
  ports: Ports,
  caller: Caller,
  control: LeadControl,
): Promise<ShownLead> {
  return withPlanning(ports, caller, { control, only: accepted }, (data) => {
    return { type: 'CorrectAcceptance', data };
  });
}

/** The one action that failed or halted its lead; once, however often it is asked for (S2-39). */
export async function retryActionOf(
  ports: Ports,
  caller: Caller,
  { actionId, reason }: { actionId: string; reason: string },
): Promise<ShownLead> {
  const { leadId, enrollmentId } = await inTransaction(ports, caller, async (scope) => {
    const found = await ports.drafts.enrollmentOf(scope, actionId);
    const row = found && (await ports.enrollments.find(scope, found));
    if (!row) throw new NotFoundError('action', actionId);
    return row;
  });
  return retryLead(ports, caller, { leadId, enrollmentId, reason, actionId });
}

type Row = Parameters<Parameters<typeof forEach>[3]>[0];

const always = (): boolean => true;
const underWay = ({ endedAt }: Row): boolean => !endedAt;
const replied = ({ repliedAt }: Row): boolean => Boolean(repliedAt);
const accepted = ({ connectionAcceptedAt }: Row): boolean => Boolean(connectionAcceptedAt);

interface Correction {
  readonly control: LeadControl;
  /** Whom it means when no enrollment is named. */
  readonly only: (row: Row) => boolean;
}

interface Said {
  readonly planning: Planning;
  readonly reason: string;
  readonly by: string;
  readonly at: ReturnType<Ports['clock']['now']>;
}

function withPlanning(
  ports: Ports,
  caller: Caller,
  { control, only }: Correction,
  commandFor: (said: Said) => EnrollmentCommand,
): Promise<ShownLead> {
  const said = { reason: label(control.reason), by: actorOf(caller), at: ports.clock.now() };
  return forEach(ports, caller, control, async (row, scope) => {
    if (control.enrollmentId === '' && !only(row)) return [];
    const { enrollmentId } = row;
    const planning = (await planningOf(ports, scope, [enrollmentId])).get(enrollmentId);
    return planning === undefined ? [] : [commandFor({ ...said, planning })];
  });
}
