import type { EnrollmentEvent } from '@overture/domain-campaign';
import { noDraft, type ActionRow, type Actions } from './action-row.js';

type Of<Type extends EnrollmentEvent['type']> = Extract<EnrollmentEvent, { type: Type }>;

/** The row of a step whose turn has come, keeping what its draft was approved by. */
export function openedRow(
  actions: Actions,
  event: Of<'ActionPlanned' | 'DraftOpened' | 'TaskOpened'>,
): ActionRow {
  const { actionId, step, stepId = `s${step + 1}`, restores = '' } = event.data;
  const known = { actionId, step, stepId, sentAt: null, reason: '' };
  if (event.type === 'TaskOpened') {
    const task = { kind: 'task', messageType: '', requiresConnection: false } as const;
    const { dueAt: scheduledFor } = event.data;
    return { ...known, ...task, ...noDraft, status: 'todo', scheduledFor, variantId: '' };
  }
  const { kind, messageType, requiresConnection, notBefore, variantId = '' } = event.data;
  const plan = { kind, messageType, requiresConnection, scheduledFor: notBefore, variantId };
  if (event.type === 'DraftOpened') {
    const { expiresAt } = event.data;
    return { ...known, ...plan, ...noDraft, status: 'drafted', expiresAt };
  }
  const { expiresAt, approvedBy, approvedAt } =
    actions.get(actionId) ?? actions.get(restores) ?? noDraft;
  return { ...known, ...plan, expiresAt, approvedBy, approvedAt, status: 'planned' };
}

/** What a person decided about one draft or task, or the time did for them. */
export function changeByHand(
  actions: Actions,
  { type, data }: Of<'DraftApproved' | 'DraftSkipped' | 'DraftExpired' | 'TaskCompleted'>,
): ActionRow[] {
  const row = actions.get(data.actionId);
  if (row === undefined) return [];
  switch (type) {
    case 'DraftApproved':
      return [{ ...row, approvedBy: data.by, approvedAt: data.at }];
    case 'DraftSkipped':
      return [{ ...row, status: 'dropped', reason: data.reason || 'draft_skipped' }];
    case 'DraftExpired':
      return [{ ...row, status: 'dropped', reason: 'draft_expired' }];
    case 'TaskCompleted':
      return [{ ...row, status: 'done', sentAt: data.at, reason: '' }];
  }
}

/** What has not begun and never will: the other way of a branch, another version, a step left out. */
export function passedOver(
  actions: Actions,
  { type, data }: Of<'BranchTaken' | 'EnrollmentMoved' | 'StepSkipped'>,
): ActionRow[] {
  const waiting = [...actions.values()].filter(({ status }) => status === 'waiting');
  const reason = {
    BranchTaken: 'branch',
    EnrollmentMoved: 'moved',
    StepSkipped: 'skipped_by_hand',
  };
  const left = (row: ActionRow): boolean => {
    if (type === 'BranchTaken') return data.passedOver.includes(row.step);
    // A lead that has not begun has no rows of the version it leaves.
    return type === 'EnrollmentMoved' || row.step === data.step;
  };
  return waiting
    .filter(left)
    .map((row) => ({ ...row, status: 'dropped', reason: reason[type] }) as const);
}
