import type { Instant } from '@overture/kernel';
import type { Allowances } from './allowances.js';
import type { IdentityPolicy } from './policy.js';

// These names and shapes are stored: add to them; never rename, never reuse.
export const identityCategory = 'identity';

export type IdentityEvent =
  | {
      type: 'IdentityAdded';
      data: {
        identityId: string;
        provider: string;
        accountRef: string;
        timeZone: string;
        tier: string;
        at: Instant;
      };
    }
  | {
      type: 'LoginExpired';
      /** The login that ended: 1 is the one the identity was added with. */
      data: { identityId: string; generation: number; witness: string; at: Instant };
    }
  | {
      type: 'LoginRestored';
      /** The login that began: one more than the one that ended. */
      data: { identityId: string; generation: number; witness: string; at: Instant };
    }
  | { type: 'IdentityPaused'; data: { identityId: string; cause: string; at: Instant } }
  | { type: 'IdentityResumed'; data: { identityId: string; at: Instant } }
  | {
      type: 'IdentityPolicySet';
      /** `raises`: the figures by which it may do more than before; the risk was acknowledged (F029). */
      data: IdentityPolicy & { identityId: string; raises: readonly string[]; at: Instant };
    }
  | { type: 'AllowancesSeen'; data: Allowances & { identityId: string; at: Instant } };
