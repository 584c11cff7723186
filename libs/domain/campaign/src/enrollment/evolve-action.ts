import type { ActionPlanned } from './events.js';
import {
  hasEnded,
  type Action,
  type ActionStatus,
  type Enrolled,
  type OpenStatus,
} from './state.js';

export function planned(state: Enrolled, data: ActionPlanned['data']): Enrolled {
  const { actionId, step, kind, messageType, notBefore } = data;
  const action: Action = {
    actionId,
    step,
    kind,
    messageType,
    status: 'planned',
    epoch: state.actions[actionId]?.epoch ?? 0,
    notBefore,
  };
  return {
    ...state,
    status: standing(state, data),
    because: '',
    currentActionId: actionId,
    actions: { ...state.actions, [actionId]: action },
  };
}

/** Where a lead stands while its next action waits. */
function standing(state: Enrolled, { kind, at }: ActionPlanned['data']): OpenStatus {
  if (kind !== 'message') return 'ready_to_connect';
  if (hasMessaged(state)) return 'messaging';
  if (state.acceptedAt !== undefined) return 'connected';
  const cooling = state.cooldownUntil !== undefined && state.cooldownUntil > at;
  return cooling ? 'cooldown' : 'ready_to_message';
}

function hasMessaged(state: Enrolled): boolean {
  return Object.values(state.actions).some(
    ({ kind, status }) => kind === 'message' && status === 'sent',
  );
}

export function succeeded(state: Enrolled, data: { actionId: string; epoch: number }): Enrolled {
  const known = withAction(state, data, 'sent');
  return hasEnded(state) || !hasMessaged(known) ? known : { ...known, status: 'messaging' };
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
