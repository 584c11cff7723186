import { minuteMs, plus, type Clock, type Instant } from '@overture/kernel';
import { parseApiKey, sameHash } from './api-key-format.js';
import type { Access, StoredKey } from './ports.js';

/** Who asks, as proven by the key. The workspace comes from nowhere else (P10). */
export interface Principal {
  readonly tenantId: string;
  readonly keyId: string;
  readonly scopes: readonly string[];
}

interface CachedKey {
  readonly key: StoredKey | undefined;
  readonly freshUntil: number;
}

// A revoked key stops within this time on every gateway; without it each request would cost a look-up.
const freshMs = 5_000;
const cachedMax = 10_000;
const touchEveryMs = minuteMs;

/** Knows keys by their hash, and remembers for a moment what it looked up. */
export class Authenticator {
  private readonly cache = new Map<string, CachedKey>();
  private readonly touched = new Map<string, Instant>();

  constructor(
    private readonly access: Access,
    private readonly clock: Clock,
  ) {}

  /** Undefined unless the text is a living key of ours. */
  async principal(text: string): Promise<Principal | undefined> {
    const presented = parseApiKey(text);
    if (presented === undefined) return undefined;
    const key = await this.lookUp(presented.keyId);
    if (key === undefined || !sameHash(key.secretSha256, presented.secretSha256)) return undefined;
    if (!this.alive(key)) return undefined;
    await this.touch(key);
    return { tenantId: key.tenantId, keyId: key.keyId, scopes: key.scopes };
  }

  /** What was looked up before a key changed is not to be trusted here. */
  forget(keyId: string): void {
    this.cache.delete(keyId);
  }

  private async lookUp(keyId: string): Promise<StoredKey | undefined> {
    const cached = this.cache.get(keyId);
    if (cached !== undefined && performance.now() < cached.freshUntil) return cached.key;
    const key = await this.access.findKey(keyId);
    if (this.cache.size >= cachedMax) this.cache.clear();
    this.cache.set(keyId, { key, freshUntil: performance.now() + freshMs });
    return key;
  }

  private alive({ revokedAt, expiresAt }: StoredKey): boolean {
    return revokedAt === undefined && (expiresAt === undefined || this.clock.now() < expiresAt);
  }

  private async touch(key: StoredKey): Promise<void> {
    const now = this.clock.now();
    const before = this.touched.get(key.keyId) ?? key.lastUsedAt;
    if (before !== undefined && now < plus(before, touchEveryMs)) return;
    if (this.touched.size >= cachedMax) this.touched.clear();
    this.touched.set(key.keyId, now);
    await this.access.touch(key, now);
  }
}
