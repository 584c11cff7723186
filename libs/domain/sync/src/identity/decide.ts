import { DomainError, type Decider } from '@overture/kernel';
import { sameAllowances } from './allowances.js';
import type { IdentityCommand, ReportLogin, SeeAllowances, SetIdentityPolicy } from './commands.js';
import type { IdentityEvent } from './events.js';
import { raisesOf, samePolicy } from './policy.js';
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
    case 'SetIdentityPolicy':
      return setPolicy(command, state);
    case 'SeeAllowances':
      return seeAllowances(command, state);
  }
}

// Whoever lets an account do more risks a restriction of it, so it is never done in passing (F029, S3-09).
function setPolicy({ data }: SetIdentityPolicy, state: AddedIdentity): IdentityEvent[] {
  const { policy, acknowledgeRisk, at } = data;
  if (samePolicy(state.policy, policy)) return [];
  const raises = raisesOf(state.policy, policy, at);
  if (raises.length > 0 && !acknowledgeRisk) {
    throw new DomainError(
      'identity-policy/raises-risk',
      `This lets the identity do more than before (${raises.join(', ')}), which can get a LinkedIn account ` +
        'restricted. Repeat it with acknowledgeRisk: true if that is meant.',
      { raises: raises.join(', ') },
    );
  }
  return [about(state, 'IdentityPolicySet', { ...policy, raises, at })];
}

function seeAllowances({ data }: SeeAllowances, state: AddedIdentity): IdentityEvent[] {
  const { at: _, ...seen } = data;
  return sameAllowances(state.allowances, seen) ? [] : [about(state, 'AllowancesSeen', data)];
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
