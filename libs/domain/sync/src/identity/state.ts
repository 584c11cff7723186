import type { Allowances } from './allowances.js';
import type { IdentityEvent } from './events.js';
import { defaultPolicy, type IdentityPolicy } from './policy.js';

export interface AddedIdentity {
  readonly status: 'added';
  readonly identityId: string;
  readonly login: 'valid' | 'expired';
  /** Counts logins, so that a late signal about an older one is recognised. */
  readonly generation: number;
  readonly paused: boolean;
  readonly policy: IdentityPolicy;
  readonly allowances: Allowances;
}

export type Identity = { readonly status: 'absent' } | AddedIdentity;

export const initialIdentity: Identity = { status: 'absent' };

/** Tracks facts and decides nothing: it never throws, never logs, never reads a clock. */
export function evolveIdentity(state: Identity, event: IdentityEvent): Identity {
  if (state.status === 'absent') return event.type === 'IdentityAdded' ? added(event.data) : state;
  switch (event.type) {
    case 'IdentityAdded':
      return state;
    case 'LoginExpired':
      return { ...state, login: 'expired', generation: event.data.generation };
    case 'LoginRestored':
      return { ...state, login: 'valid', generation: event.data.generation };
    case 'IdentityPaused':
      return { ...state, paused: true };
    case 'IdentityResumed':
      return { ...state, paused: false };
    case 'IdentityPolicySet': {
      const { identityId: _, raises: __, at: ___, ...policy } = event.data;
      return { ...state, policy };
    }
    case 'AllowancesSeen': {
      const { identityId: _, at: __, ...allowances } = event.data;
      return { ...state, allowances };
    }
  }
}

/** May act: logged in and not paused by a person. */
export function isReady(state: Identity): boolean {
  return state.status === 'added' && state.login === 'valid' && !state.paused;
}

function added({ identityId, tier }: { identityId: string; tier: string }): AddedIdentity {
  return {
    status: 'added',
    identityId,
    login: 'valid',
    generation: 1,
    paused: false,
    policy: defaultPolicy(tier),
    allowances: {},
  };
}
