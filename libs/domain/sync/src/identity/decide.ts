import { DomainError, type Decider } from '@overture/kernel';
import type { IdentityCommand, ReportLogin } from './commands.js';
import type { IdentityEvent } from './events.js';
import { evolveIdentity, initialIdentity, type AddedIdentity, type Identity } from './state.js';

/** A LinkedIn account that acts: whether it is logged in, and whether a person paused it. */
export const identity: Decider<Identity, IdentityCommand, IdentityEvent> = {
  initialState: initialIdentity,
  decide: decideIdentity,
  evolve: evolveIdentity,
};

function decideIdentity(command: IdentityCommand, state: Identity): IdentityEvent[] {
  if (command.type === 'AddIdentity') {
    return state.status === 'absent' ? [{ type: 'IdentityAdded', data: command.data }] : [];
  }
  if (state.status === 'absent') {
    throw new DomainError('identity/not-found', 'This identity was never added.');
  }
  switch (command.type) {
    case 'ReportLoginExpired':
      return reportExpired(command, state);
    case 'ReportLoginRestored':
      return reportRestored(command, state);
    case 'PauseIdentity':
      return state.paused ? [] : [about(state, 'IdentityPaused', command.data)];
    case 'ResumeIdentity':
      return state.paused ? [about(state, 'IdentityResumed', command.data)] : [];
  }
}

// Webhook, sync and sender all report a lost login, in any order, and sometimes after the next one (S4-22).
function reportExpired(
  { data }: ReportLogin<'ReportLoginExpired'>,
  state: AddedIdentity,
): IdentityEvent[] {
  if (state.login === 'expired' || data.generation !== state.generation) return [];
  return [about(state, 'LoginExpired', data)];
}

function reportRestored(
  { data }: ReportLogin<'ReportLoginRestored'>,
  state: AddedIdentity,
): IdentityEvent[] {
  if (state.login === 'valid' || data.generation !== state.generation) return [];
  return [about(state, 'LoginRestored', { ...data, generation: state.generation + 1 })];
}

function about<Type extends IdentityEvent['type'], Data>(
  { identityId }: AddedIdentity,
  type: Type,
  data: Data,
): { type: Type; data: Data & { identityId: string } } {
  return { type, data: { identityId, ...data } };
}
