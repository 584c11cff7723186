import type { DraftEvent, DraftOpened } from './draft-events.js';
import { actionFor, opened, standingFor, withAction } from './evolve-action.js';
import type { Enrolled } from './state.js';

export function evolveDraft(state: Enrolled, event: DraftEvent): Enrolled {
  switch (event.type) {
    case 'DraftOpened':
      return drafted(state, event.data);
    case 'DraftEdited':
      return state;
    case 'DraftApproved':
      return approved(state, event.data);
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

function approved(
  state: Enrolled,
  { actionId, textSha256 }: { actionId: string; textSha256: string },
): Enrolled {
  const action = state.actions[actionId];
  if (action === undefined) return state;
  const known = { ...action, approvedSha256: textSha256 };
  return { ...state, actions: { ...state.actions, [actionId]: known } };
}
