import type { Instant } from '@overture/kernel';

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
  | { type: 'ResumeIdentity'; data: { at: Instant } };

export interface ReportLogin<Type extends 'ReportLoginExpired' | 'ReportLoginRestored'> {
  type: Type;
  /** `generation`: the login that was current when the witness began to look. */
  data: { generation: number; witness: string; at: Instant };
}
