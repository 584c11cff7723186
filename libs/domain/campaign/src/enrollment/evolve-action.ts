import { stepName } from './ids.js';
import type { ActionPlanned, ActionRejected, ActionSucceeded, Plan } from './events.js';
import { hasMessaged, standingOf } from './standing.js';
import {
  hasEnded,
  type Action,
  type ActionStatus,
  type Enrolled,
  type OpenStatus,
} from './state.js';

export function planned(state: Enrolled, data: ActionPlanned['data']): Enrolled {
  const { at, ...plan } = data;
  return opened(state, actionFor(state, plan, 'planned'), standingFor(state, { ...plan, at }));
}

/** The action whose turn it is from now on; nothing else is waited for. */
export function opened(state: Enrolled, action: Action, status: OpenStatus): Enrolled {
  const { deadline, ...rest } = state;
  const withdrawal = action.kind === 'withdraw' &&
    !state.closed && { closed: closing(state, action) };
  return {
    ...rest,
    ...withdrawal,
    status,
    because: '',
    currentActionId: action.actionId,
    actions: { ...state.actions, [action.actionId]: action },
  };
}

// Who is being withdrawn is waited for no longer, whatever becomes of the call.
function closing({ deadline }: Enrolled, { notBefore }: Action) {
  return { at: notBefore, ...(deadline?.step !== undefined && { step: deadline.step }) };
}

export function actionFor(state: Enrolled, plan: Plan, status: 'planned' | 'drafted'): Action {
  const { actionId, step, kind, messageType, notBefore } = plan;
  const approved = approvalOf(state, plan);
  return {
    actionId,
    step,
    stepId: stepName(plan),
    kind,
    messageType,
    status,
    epoch: state.actions[actionId]?.epoch ?? 0,
    notBefore,
    plan,
    ...approved,
  };
}

// An approval holds for the plan that brings back the approved one.
function approvalOf(state: Enrolled, { actionId, restores = '' }: Plan) {
  const { expiresAt, approvedSha256 } = state.actions[actionId] ?? state.actions[restores] ?? {};
  return { ...(expiresAt && { expiresAt }), ...(approvedSha256 && { approvedSha256 }) };
}

/** Where a lead stands while its next action waits. */
export function standingFor(
  state: Enrolled,
  { kind, at }: Pick<ActionPlanned['data'], 'kind' | 'at'>,
): OpenStatus {
  if (kind !== 'message') return standingOf(state);
  if (hasMessaged(state)) return 'messaging';
  if (state.acceptedAt !== undefined) return 'connected';
  const cooling = state.cooldownUntil !== undefined && state.cooldownUntil > at;
  return cooling ? 'cooldown' : 'ready_to_message';
}

const invitations = { connect: 'open', withdraw: 'withdrawn' } as const;

export function succeeded(state: Enrolled, data: ActionSucceeded['data']): Enrolled {
  const known = withAction(state, data, 'sent');
  const kind = known.actions[data.actionId]?.kind;
  const invitation = kind === 'connect' || kind === 'withdraw' ? invitations[kind] : undefined;
  const invited = kind === 'connect' && { invitedAt: data.at };
  const told = invitation === undefined ? known : { ...known, invitation, ...invited };
  return hasEnded(state) || !hasMessaged(told) ? told : { ...told, status: 'messaging' };
}

export function rejected(state: Enrolled, data: ActionRejected['data']): Enrolled {
  const invited = data.label === 'INVITATION_PENDING' && { invitation: 'open' as const };
  return { ...withAction(state, data, data.retry ? 'planned' : 'failed'), ...invited };
}

export function withAction(
  state: Enrolled,
  { actionId, epoch }: { actionId: string; epoch?: number },
  status: ActionStatus,
): Enrolled {
  const action = state.actions[actionId];
  if (action === undefined) return state;
  const changed: Action = { ...action, status, epoch: epoch ?? action.epoch };
  return { ...state, actions: { ...state.actions, [actionId]: changed } };
}
