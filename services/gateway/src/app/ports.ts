import type { Instant } from '@overture/kernel';

export interface Workspace {
  readonly tenantId: string;
  readonly name: string;
  readonly createdAt: Instant;
}

export interface StoredKey {
  readonly tenantId: string;
  readonly keyId: string;
  readonly name: string;
  readonly secretSha256: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant | undefined;
  readonly revokedAt: Instant | undefined;
  readonly lastUsedAt: Instant | undefined;
}

/** Workspaces and their keys. */
export abstract class Access {
  abstract workspace(tenantId: string): Promise<Workspace | undefined>;
  /** Adds a workspace with its first key, or brings both up to date. */
  abstract put(workspace: Workspace, key: StoredKey): Promise<void>;
  abstract addKey(key: StoredKey): Promise<void>;
  abstract keys(tenantId: string): Promise<StoredKey[]>;
  /** Across workspaces: a request names only its key. */
  abstract findKey(keyId: string): Promise<StoredKey | undefined>;
  /** False when the workspace has no such key. */
  abstract revoke(tenantId: string, keyId: string, at: Instant): Promise<boolean>;
  abstract touch(key: Pick<StoredKey, 'tenantId' | 'keyId'>, at: Instant): Promise<void>;
}

export interface IdempotencyClaim {
  readonly tenantId: string;
  readonly keySha256: string;
  readonly requestSha256: string;
  readonly now: Instant;
  readonly lockedUntil: Instant;
  readonly expiresAt: Instant;
}

export interface StoredAnswer {
  readonly status: number;
  readonly sealedBy: string;
  readonly box: Buffer;
}

export interface IdempotencyRecord {
  readonly requestSha256: string;
  /** Absent while the first request is in flight. */
  readonly answer: StoredAnswer | undefined;
}

type RecordKey = Pick<IdempotencyClaim, 'tenantId' | 'keySha256'>;

export abstract class IdempotencyRecords {
  /** `claimed`: it is ours now (new, expired, or its first owner died); else what is recorded. */
  abstract claim(claim: IdempotencyClaim): Promise<'claimed' | IdempotencyRecord>;
  abstract answer(key: RecordKey, answer: StoredAnswer): Promise<void>;
  abstract forget(key: RecordKey): Promise<void>;
  abstract removeExpired(now: Instant): Promise<number>;
}

export interface AuditEntry {
  readonly tenantId: string;
  readonly at: Instant;
  /** `key:<id>`, or `cron`. */
  readonly actor: string;
  /** Method and route. */
  readonly action: string;
  readonly target: string;
  readonly status: number;
  readonly address: string;
  readonly requestId: string;
}

export interface NumberedAuditEntry extends Omit<AuditEntry, 'tenantId'> {
  readonly number: number;
  readonly hash: string;
}

export abstract class AuditTrail {
  /** Appends in order; all of one transaction. */
  abstract append(tenantId: string, entries: readonly AuditEntry[]): Promise<void>;
  /** Newest first, below `before`. */
  abstract page(
    tenantId: string,
    page: { readonly before: number; readonly limit: number },
  ): Promise<NumberedAuditEntry[]>;
}
