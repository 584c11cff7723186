import { NotFoundError } from '@overture/kernel';
import { fieldValues, renderText, type Planning, type Sequence } from '@overture/domain-campaign';
import { actorOf } from './actor.js';
import { decideEnrollments } from './decide-enrollments.js';
import { planningOf } from './planning.js';
import type { DraftsWanted, ListedTask } from './draft-texts.js';
import { openLeads, type LeadDetails } from './lead-details.js';
import { showLead, type ShownLead } from './leads.js';
import type { Ports } from './ports.js';
import { renderOrSay } from './render-draft.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { PageOf } from './tables.js';

/** What a person is asked to do, in the words of the step (F011). */
export interface ShownTask extends ListedTask {
  readonly text: string;
  readonly lead: LeadDetails;
}

export function listTasks(
  ports: Ports,
  caller: Caller,
  wanted: DraftsWanted,
): Promise<PageOf<ShownTask>> {
  return inTransaction(ports, caller, async (scope) => {
    const { items, nextCursor } = await ports.drafts.tasks(scope, wanted);
    return { items: await shownTasks(ports, scope, items), nextCursor };
  });
}

/** Ticked off; the lead goes on with its next step. */
export function completeTask(ports: Ports, caller: Caller, actionId: string): Promise<ShownLead> {
  const at = ports.clock.now();
  return inTransaction(ports, caller, async (scope) => {
    const enrollmentId = await ports.drafts.enrollmentOf(scope, actionId);
    if (enrollmentId === undefined) throw new NotFoundError('task', actionId);
    const planning = (await planningOf(ports, scope, [enrollmentId])).get(enrollmentId) as Planning;
    const data = { actionId, by: actorOf(caller), planning, at };
    const decision = { enrollmentId, command: { type: 'CompleteTask', data } as const };
    const [decided] = await decideEnrollments(ports, scope, [decision]);
    await ports.enrollments.settle(scope);
    const state = decided?.view.state;
    return showLead(
      ports,
      scope,
      state === undefined || state.status === 'new' ? '' : state.leadId,
    );
  });
}

async function shownTasks(
  ports: Ports,
  scope: Scope,
  rows: readonly ListedTask[],
): Promise<ShownTask[]> {
  const ids = [...new Set(rows.map(({ leadId }) => leadId))];
  const leads = await openLeads(ports, scope, await ports.leads.find(scope, ids));
  const planning = await planningOf(
    ports,
    scope,
    rows.map(({ enrollmentId }) => enrollmentId),
  );
  return rows.flatMap((row) => {
    const lead = leads.find(({ leadId }) => leadId === row.leadId);
    const sequence = planning.get(row.enrollmentId)?.sequence;
    return lead === undefined ? [] : [{ ...row, lead, text: textFor(row, sequence, lead) }];
  });
}

// Only our own people read it: what cannot be filled in is said instead of hidden.
function textFor({ step }: ListedTask, sequence: Sequence | undefined, lead: LeadDetails): string {
  const text = sequence?.steps[step]?.text ?? '';
  const { rendered, problem } = renderOrSay(() => {
    return { text: renderText(text, fieldValues(lead)), subject: '', postUrl: '' };
  });
  return problem === '' ? rendered.text : `${text} (${problem})`;
}
