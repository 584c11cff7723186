import type { DraftEvent, DraftOpened } from './draft-events.js';
import { actionFor, opened, standingFor, withAction } from './evolve-action.js';
import type { Action, Enrolled } from './state.js';

export function evolveDraft(state: Enrolled, event: DraftEvent): Enrolled {
  switch (event.type) {
    case 'DraftOpened':
      return drafted(state, event.data);
    case 'DraftEdited':
      return withWords(state, event.data.actionId, { editedSha256: event.data.textSha256 });
    case 'DraftApproved':
      return withWords(state, event.data.actionId, { approvedSha256: event.data.textSha256 });
    case 'DraftSkipped':
    case 'DraftExpired':
      return withAction(state, event.data, 'dropped');
  }
}

function drafted(state: Enrolled, data: DraftOpened['data']): Enrolled {
  const { at, expiresAt, ...plan } = data;
  const { approvedSha256: _, ...action } = actionFor(state, plan, 'drafted');
  return opened(state, { ...action, expiresAt }, standingFor(state, { ...plan, at }));
}

function withWords(
  state: Enrolled,
  actionId: string,
  hash: Pick<Action, 'editedSha256'> | Pick<Action, 'approvedSha256'>,
): Enrolled {
  const action = state.actions[actionId];
  if (action === undefined) return state;
  return { ...state, actions: { ...state.actions, [actionId]: { ...action, ...hash } } };
}
