import { DomainError, NotFoundError } from '@overture/kernel';
import type { EnrollmentCommand, Planning, RenderedStep } from '@overture/domain-campaign';
import { actorOf } from './actor.js';
import { refuseUnapprovable, roomOf, type Room } from './approvable.js';
import { decideEnrollments } from './decide-enrollments.js';
import { planningOf } from './planning.js';
import type { DraftRow, DraftsWanted, ListedDraft } from './draft-texts.js';
import { label, refuseUncleanTexts } from './input.js';
import { openDrafts, sealDraft } from './keep-drafts.js';
import { openLeads, type LeadDetails } from './lead-details.js';
import type { Ports } from './ports.js';
import { hashOf } from './render-draft.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { PageOf } from './tables.js';

/** A draft as a person reads it before it goes (S3-50). */
export interface ShownDraft extends Omit<ListedDraft, 'sealed'> {
  readonly rendered: RenderedStep;
  readonly lead: LeadDetails;
}

export interface DraftEdit {
  readonly actionId: string;
  /** Absent: as it is. */
  readonly text?: string;
  readonly subject?: string;
}

/** What waits longest comes first. */
export function listDrafts(
  ports: Ports,
  caller: Caller,
  wanted: DraftsWanted,
): Promise<PageOf<ShownDraft>> {
  return inTransaction(ports, caller, async (scope) => {
    const { items, nextCursor } = await ports.drafts.list(scope, wanted);
    return { items: await shownDrafts(ports, scope, items), nextCursor };
  });
}

export function getDraft(ports: Ports, caller: Caller, actionId: string): Promise<ShownDraft> {
  return inTransaction(ports, caller, (scope) => showDraft(ports, scope, actionId));
}

/** Other words; they wait for their approval like the first ones (F070, S1-36). */
export function editDraft(ports: Ports, caller: Caller, edit: DraftEdit): Promise<ShownDraft> {
  return change(ports, caller, edit, ({ textSha256 }, { by, at }) => {
    return { type: 'EditDraft', data: { actionId: edit.actionId, textSha256, by, at } };
  });
}

/** Who and when is kept; with other words it is edited and approved in one (F069, S3-15, S3-32). */
export function approveDraft(ports: Ports, caller: Caller, edit: DraftEdit): Promise<ShownDraft> {
  return change(ports, caller, edit, ({ textSha256, rendered, room }, { by, at }) => {
    refuseUnapprovable(edit.actionId, rendered, room);
    return { type: 'ApproveDraft', data: { actionId: edit.actionId, textSha256, by, at } };
  });
}

/** Never refused for what waits or is approved: the lead goes on with its next step (S3-21). */
export function skipDraft(
  ports: Ports,
  caller: Caller,
  { actionId, reason }: { actionId: string; reason: string },
): Promise<ShownDraft> {
  return change(ports, caller, { actionId }, ({ planning }, { by, at }) => {
    const data = { actionId, reason: label(reason) || 'skipped_by_hand', by, planning, at };
    return { type: 'SkipDraft', data };
  });
}

export interface DraftDecision {
  readonly actionId: string;
  readonly result: 'done' | 'refused';
  readonly code: string;
  readonly message: string;
}

/** Each in its own right: one that is refused leaves the others alone (F116). */
export async function decideDrafts(
  ports: Ports,
  caller: Caller,
  wanted: { decision: 'approve' | 'skip'; actionIds: readonly string[]; reason: string },
): Promise<DraftDecision[]> {
  const results: DraftDecision[] = [];
  for (const actionId of wanted.actionIds) {
    const one = { actionId, reason: wanted.reason };
    results.push(
      await resultOf(actionId, () =>
        wanted.decision === 'approve'
          ? approveDraft(ports, caller, { actionId })
          : skipDraft(ports, caller, one),
      ),
    );
  }
  return results;
}

async function resultOf(actionId: string, decide: () => Promise<unknown>): Promise<DraftDecision> {
  try {
    await decide();
    return { actionId, result: 'done', code: '', message: '' };
  } catch (error) {
    if (error instanceof NotFoundError) {
      return { actionId, result: 'refused', code: 'draft/not-found', message: error.message };
    }
    if (!(error instanceof DomainError)) throw error;
    return { actionId, result: 'refused', code: error.code, message: error.message };
  }
}

interface Words {
  readonly rendered: RenderedStep;
  readonly room: Room;
  readonly textSha256: string;
  readonly planning: Planning;
}

type CommandFor = (
  words: Words,
  said: { by: string; at: ReturnType<Ports['clock']['now']> },
) => EnrollmentCommand;

function change(
  ports: Ports,
  caller: Caller,
  edit: DraftEdit,
  commandFor: CommandFor,
): Promise<ShownDraft> {
  refuseUncleanTexts('', [edit.text ?? '', edit.subject ?? '']);
  return inTransaction(ports, caller, async (scope) => {
    const { actionId } = edit;
    const row = await draftRow(ports, scope, actionId);
    const [known] = await openDrafts(ports, scope, [row]);
    const rendered = { ...(known as RenderedStep), ...wordsOf(edit) };
    const planning = (await planningOf(ports, scope, [row.enrollmentId])).get(row.enrollmentId);
    const room = await roomOf(ports, scope, hasWords(edit) ? { ...row, problem: '' } : row);
    const textSha256 = hashOf(rendered);
    const words = { rendered, room, textSha256, planning: planning as Planning };
    const command = commandFor(words, { by: actorOf(caller), at: ports.clock.now() });
    const decision = { enrollmentId: row.enrollmentId, command };
    const [decided] = await decideEnrollments(ports, scope, [decision]);
    if ((decided?.events.length ?? 0) > 0 && hasWords(edit)) {
      const sealed = await sealDraft(ports, scope, row.leadId, rendered);
      await ports.drafts.save(scope, [{ ...row, sealed, problem: '' }]);
    }
    await ports.enrollments.settle(scope);
    return showDraft(ports, scope, actionId);
  });
}

function wordsOf({ text, subject }: DraftEdit): Partial<RenderedStep> {
  return { ...(text !== undefined && { text }), ...(subject !== undefined && { subject }) };
}

function hasWords({ text, subject }: DraftEdit): boolean {
  return text !== undefined || subject !== undefined;
}

async function draftRow(ports: Ports, scope: Scope, actionId: string): Promise<DraftRow> {
  const row = await ports.drafts.find(scope, actionId);
  if (row === undefined) throw new NotFoundError('draft', actionId);
  return row;
}

async function showDraft(ports: Ports, scope: Scope, actionId: string): Promise<ShownDraft> {
  const row = await ports.drafts.listed(scope, actionId);
  if (row === undefined) throw new NotFoundError('draft', actionId);
  const [shown] = await shownDrafts(ports, scope, [row]);
  return shown as ShownDraft;
}

async function shownDrafts(
  ports: Ports,
  scope: Scope,
  rows: readonly ListedDraft[],
): Promise<ShownDraft[]> {
  const leads = await openLeads(
    ports,
    scope,
    await ports.leads.find(scope, [...new Set(rows.map(({ leadId }) => leadId))]),
  );
  const words = await openDrafts(ports, scope, rows);
  return rows.flatMap(({ sealed: _, ...row }, index) => {
    const lead = leads.find(({ leadId }) => leadId === row.leadId);
    const rendered = words[index];
    return lead === undefined || rendered === undefined ? [] : [{ ...row, rendered, lead }];
  });
}
