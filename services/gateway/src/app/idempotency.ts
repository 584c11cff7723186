import { dayMs, DomainError, minuteMs, plus, type Clock } from '@overture/kernel';
import type { KeyRing } from '@overture/event-store';
import { sha256 } from '@overture/service-kit';
import type { IdempotencyRecords, StoredAnswer } from './ports.js';

export interface KeyedRequest {
  readonly tenantId: string;
  readonly key: string;
  /** Everything that makes it this request: method, path, body. */
  readonly content: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

// Longer than any call to a service lasts: whoever still holds the record then has died.
const lockMs = 10 * minuteMs;
const keptMs = dayMs;

/** Repeats of one write get the answer of the first (F112, IETF draft-ietf-httpapi-idempotency-key-header). */
export class Idempotency {
  constructor(
    private readonly records: IdempotencyRecords,
    private readonly ring: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** `new`: go on and report the answer; else the recorded answer. Throws for a changed or running request. */
  async begin(request: KeyedRequest): Promise<'new' | Answer> {
    const now = this.clock.now();
    const claimed = await this.records.claim({
      ...keyOf(request),
      requestSha256: sha256(request.content),
      now,
      lockedUntil: plus(now, lockMs),
      expiresAt: plus(now, keptMs),
    });
    if (claimed === 'claimed') return 'new';
    if (claimed.requestSha256 !== sha256(request.content)) throw changed();
    if (claimed.answer === undefined) throw inFlight();
    return this.open(request, claimed.answer);
  }

  /** Keeps the answer for repeats. */
  async finish(request: KeyedRequest, { status, body }: Answer): Promise<void> {
    const plain = Buffer.from(JSON.stringify(body ?? null));
    const box = this.ring.wrap(plain, associated(request));
    await this.records.answer(keyOf(request), { status, sealedBy: this.ring.currentId, box });
  }

  /** The request came to nothing that a repeat should get again. */
  async forget(request: KeyedRequest): Promise<void> {
    await this.records.forget(keyOf(request));
  }

  private open(request: KeyedRequest, { status, sealedBy, box }: StoredAnswer): Answer {
    const plain = this.ring.unwrap(sealedBy, box, associated(request));
    return { status, body: JSON.parse(plain.toString()) };
  }
}

function keyOf({ tenantId, key }: KeyedRequest): { tenantId: string; keySha256: string } {
  return { tenantId, keySha256: sha256(key) };
}

// An answer moved to another workspace or key does not open.
function associated({ tenantId, key }: KeyedRequest): string {
  return JSON.stringify(['idempotency', tenantId, sha256(key)]);
}

function changed(): DomainError {
  const message = 'This Idempotency-Key was used for a different request. Take a new key.';
  return new DomainError('idempotency-key/changed', message);
}

function inFlight(): DomainError {
  const message = 'The first request with this Idempotency-Key is still running. Try again later.';
  return new DomainError('idempotency-key/in-flight', message);
}
