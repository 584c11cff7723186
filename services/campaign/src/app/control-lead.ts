import { DomainError, NotFoundError, type Instant } from '@overture/kernel';
import { openPauses, type EnrollmentCommand, type Planning } from '@overture/domain-campaign';
import {
  decideEnrollments,
  viewEnrollment,
  type EnrollmentDecision,
} from './decide-enrollments.js';
import { planningOf } from './planning.js';
import type { EnrollmentRow } from './enrollment-view.js';
import { label } from './input.js';
import { showLead, type ShownLead } from './leads.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';

/** What a person does with one lead, each with a reason (F018). */
export interface LeadControl {
  readonly leadId: string;
  /** Empty: every enrollment of the lead. */
  readonly enrollmentId: string;
  readonly reason: string;
}

export function pauseLead(ports: Ports, caller: Caller, control: LeadControl): Promise<ShownLead> {
  const at = ports.clock.now();
  const cause = label(control.reason) || 'paused_by_hand';
  return forEach(ports, caller, control, async ({ enrollmentId }, scope) => {
    // Whoever is held by hand is held: one resume ends it, however often it was asked for.
    if ((await handPauses(scope, enrollmentId)).length > 0) return [];
    const pauseId = handPauseId(enrollmentId, at);
    return [{ type: 'PauseEnrollment', data: { pauseId, cause, at } }];
  });
}

/** Ends the pauses that people made; a lost login or a paused identity has its own end (I8). */
export function resumeLead(ports: Ports, caller: Caller, control: LeadControl): Promise<ShownLead> {
  const at = ports.clock.now();
  const reason = control.reason === '' ? {} : { reason: label(control.reason) };
  return forEach(ports, caller, control, async ({ enrollmentId }, scope) => {
    const open = await handPauses(scope, enrollmentId);
    return open.map((pauseId) => ({ type: 'ResumeEnrollment', data: { pauseId, ...reason, at } }));
  });
}

async function handPauses(scope: Scope, enrollmentId: string): Promise<string[]> {
  const { state } = await viewEnrollment(scope, enrollmentId);
  const open = state.status === 'new' || !('pauses' in state) ? [] : openPauses(state);
  return open.filter((pauseId) => pauseId.startsWith(handPause));
}

/** Never refused (F119). */
export function stopLead(ports: Ports, caller: Caller, control: LeadControl): Promise<ShownLead> {
  const data = { cause: label(control.reason) || 'stopped_by_hand', at: ports.clock.now() };
  return forEach(ports, caller, control, () => Promise.resolve([{ type: 'StopEnrollment', data }]));
}

/** The step that failed or halted, as a new action (S2-39, F081). */
export function retryLead(
  ports: Ports,
  caller: Caller,
  control: LeadControl & { actionId?: string },
): Promise<ShownLead> {
  const at = ports.clock.now();
  const { actionId } = control;
  const named = { reason: label(control.reason), ...(actionId !== undefined && { actionId }) };
  return forEach(ports, caller, control, async ({ enrollmentId, status }, scope) => {
    if (control.enrollmentId === '' && status !== 'halted' && status !== 'failed') return [];
    await refuseIfHindered(ports, scope, enrollmentId);
    const planning = (await planningOf(ports, scope, [enrollmentId])).get(enrollmentId) as Planning;
    return [{ type: 'RetryAction', data: { planning, ...named, at } }];
  });
}

// What had ended must not begin again beside another campaign, nor against do-not-contact (I2, I9).
async function refuseIfHindered({ persons }: Ports, scope: Scope, enrollmentId: string) {
  const cause = (await persons.hindrances(scope, [enrollmentId])).get(enrollmentId);
  if (cause !== 'person/worked-elsewhere' && cause !== 'do-not-contact/listed') return;
  throw new DomainError(cause, 'This lead may not be contacted by this campaign now.', {
    enrollmentId,
  });
}

/** As if the lead had answered just now (S1-21, F092). */
export function simulateReply(
  ports: Ports,
  caller: Caller,
  control: LeadControl,
): Promise<ShownLead> {
  const at = ports.clock.now();
  const data = { messageId: `simulated-${newId(at)}`, repliedAt: at, witness: 'simulated', at };
  const all = { ...control, enrollmentId: '' };
  // Who has answered already needs no second pretended answer.
  return forEach(ports, caller, all, ({ repliedAt }) =>
    Promise.resolve(repliedAt ? [] : [{ type: 'RecordReply', data }]),
  );
}

/** Out of the campaign for good, with the reason: as a stop, and said so. */
export function removeLead(ports: Ports, caller: Caller, control: LeadControl): Promise<ShownLead> {
  const reason = label(control.reason);
  return stopLead(ports, caller, { ...control, reason: reason ? `removed: ${reason}` : 'removed' });
}

const handPause = 'hand-';

function handPauseId(enrollmentId: string, at: Instant): string {
  return `${handPause}${enrollmentId}-${at}`;
}

export type CommandsOf = (
  row: EnrollmentRow,
  scope: Scope,
) => Promise<readonly EnrollmentCommand[]>;

/** One transaction for all enrollments that are meant. */
export function forEach(
  ports: Ports,
  caller: Caller,
  control: LeadControl,
  commandsOf: CommandsOf,
): Promise<ShownLead> {
  return inTransaction(ports, caller, async (scope) => {
    const rows = await chosen(ports, scope, control);
    for (const row of rows) {
      const decisions = (await commandsOf(row, scope)).map((command): EnrollmentDecision => {
        return { enrollmentId: row.enrollmentId, command };
      });
      for (const decision of decisions) await decideEnrollments(ports, scope, [decision]);
    }
    await ports.enrollments.settle(scope);
    return showLead(ports, scope, control.leadId);
  });
}

async function chosen(
  ports: Ports,
  scope: Scope,
  { leadId, enrollmentId }: LeadControl,
): Promise<readonly EnrollmentRow[]> {
  const [lead] = await ports.leads.find(scope, [leadId]);
  if (lead === undefined) throw new NotFoundError('lead', leadId);
  const rows = await ports.enrollments.ofLeads(scope, [leadId]);
  if (enrollmentId === '') return rows;
  const row = rows.find((each) => each.enrollmentId === enrollmentId);
  if (row === undefined) throw new NotFoundError('enrollment', enrollmentId);
  return [row];
}
