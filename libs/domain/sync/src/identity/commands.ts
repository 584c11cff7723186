import type { Instant } from '@overture/kernel';
import type { Allowances } from './allowances.js';
import type { IdentityPolicy } from './policy.js';

export type IdentityCommand =
  | {
      type: 'AddIdentity';
      data: {
        identityId: string;
        provider: string;
        accountRef: string;
        timeZone: string;
        tier: string;
        at: Instant;
      };
    }
  | ReportLogin<'ReportLoginExpired'>
  | ReportLogin<'ReportLoginRestored'>
  | { type: 'PauseIdentity'; data: { cause: string; at: Instant } }
  | { type: 'ResumeIdentity'; data: { at: Instant } }
  | SetIdentityPolicy
  | SeeAllowances;

export interface SetIdentityPolicy {
  type: 'SetIdentityPolicy';
  data: { policy: IdentityPolicy; acknowledgeRisk: boolean; at: Instant };
}

export interface SeeAllowances {
  type: 'SeeAllowances';
  data: Allowances & { at: Instant };
}

export interface ReportLogin<Type extends 'ReportLoginExpired' | 'ReportLoginRestored'> {
  type: Type;
  /** `generation`: the login that was current when the witness began to look. */
  data: { generation: number; witness: string; at: Instant };
}
