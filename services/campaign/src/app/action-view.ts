import type { EnrollmentEvent, PlannedStep } from '@overture/domain-campaign';
import { noDraft, type ActionRow, type Actions } from './action-row.js';
import { changeByHand, openedRow, passedOver } from './action-view-by-hand.js';

/** Keeps the rows of one enrollment's actions in step with its stream. */
export function evolveActions(actions: Actions, event: EnrollmentEvent): Actions {
  switch (event.type) {
    case 'SequencePlanned':
      return withRows(actions, event.data.steps.map(waitingRow));
    case 'ActionPlanned':
    case 'DraftOpened':
    case 'TaskOpened':
      return withRows(actions, [openedRow(actions, event)]);
    case 'DraftApproved':
    case 'DraftSkipped':
    case 'DraftExpired':
    case 'TaskCompleted':
      return withRows(actions, changeByHand(actions, event));
    case 'BranchTaken':
    case 'EnrollmentMoved':
    case 'StepSkipped':
      return withRows(actions, passedOver(actions, event));
    case 'StopCorrected':
      return waitingAgain(actions);
    case 'ActionIntended':
    case 'ActionSucceeded':
    case 'ActionRejected':
    case 'ActionOutcomeUnknown':
    case 'ActionFoundAbsent':
    case 'ActionDropped':
      return changed(actions, event);
    default:
      return afterEnd(actions, event);
  }
}

type ActionEvent = Extract<
  EnrollmentEvent,
  {
    type:
      | 'ActionIntended'
      | 'ActionSucceeded'
      | 'ActionRejected'
      | 'ActionOutcomeUnknown'
      | 'ActionFoundAbsent'
      | 'ActionDropped';
  }
>;

function changed(actions: Actions, event: ActionEvent): Actions {
  const row = actions.get(event.data.actionId);
  return row === undefined ? actions : withRows(actions, [{ ...row, ...changeOf(event) }]);
}

function changeOf(event: ActionEvent): Partial<ActionRow> {
  switch (event.type) {
    case 'ActionIntended':
      return { status: 'intended', reason: '' };
    case 'ActionSucceeded':
      return { status: 'sent', sentAt: event.data.at, reason: '' };
    case 'ActionRejected':
      return { status: event.data.retry ? 'planned' : 'failed', reason: event.data.label };
    case 'ActionOutcomeUnknown':
      return { status: 'unknown', reason: 'outcome_unknown' };
    case 'ActionFoundAbsent':
      return { status: 'planned', reason: '' };
    case 'ActionDropped':
      return { status: 'dropped', reason: event.data.cause };
  }
}

/** What has not begun when an enrollment ends never will. */
const endCauses: Readonly<Record<string, string>> = {
  ReplyReceived: 'replied',
  EnrollmentCompleted: 'completed',
  EnrollmentStopped: 'stopped',
  EnrollmentFailed: 'failed',
  EnrollmentSkipped: 'skipped',
  EnrollmentExpired: 'expired',
  EnrollmentWithdrawn: 'withdrawn',
};

const notBegun: ReadonlySet<string> = new Set(['waiting', 'planned', 'drafted', 'todo']);

function afterEnd(actions: Actions, event: EnrollmentEvent): Actions {
  const reason = endCauses[event.type];
  if (reason === undefined) return actions;
  const left = [...actions.values()].filter(({ status }) => notBegun.has(status));
  return withRows(
    actions,
    left.map((row) => ({ ...row, status: 'dropped', reason })),
  );
}

/** The stop was none: what had not had its turn waits for it again. */
function waitingAgain(actions: Actions): Actions {
  const left = [...actions.values()].filter(
    ({ reason }) => reason === endCauses['EnrollmentStopped'],
  );
  return withRows(
    actions,
    left.map((row) => ({ ...row, status: 'waiting', reason: '' })),
  );
}

function waitingRow({ plannedAt, stepId, ...step }: PlannedStep): ActionRow {
  return {
    ...step,
    ...noDraft,
    stepId: stepId ?? `s${step.step + 1}`,
    status: 'waiting',
    scheduledFor: plannedAt,
    sentAt: null,
    reason: '',
    variantId: '',
  };
}

function withRows(actions: Actions, rows: readonly ActionRow[]): Actions {
  return new Map([...actions, ...rows.map((row): [string, ActionRow] => [row.actionId, row])]);
}
