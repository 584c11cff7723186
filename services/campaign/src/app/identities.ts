import type { Schedule } from '@overture/policy';
import type { Scope } from './scope.js';

/** What is known of the accounts that act. */
export abstract class Identities {
  abstract add(scope: Scope, identity: AddedIdentity): Promise<void>;
  /** What a person decided of it; replaces the decision before. */
  abstract change(scope: Scope, policy: IdentityPolicyRow): Promise<void>;
}

export interface AddedIdentity {
  readonly identityId: string;
  readonly tier: string;
  readonly zone: string;
}

export interface IdentityPolicyRow {
  readonly identityId: string;
  readonly tier: string;
  /** Its own working hours; absent: only those of the campaign count. */
  readonly hours?: Schedule | undefined;
  /** Empty: it keeps no public holidays. */
  readonly holidayRegion: string;
}
