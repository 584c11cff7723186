export interface RateState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Until the bucket is full again, or, when refused, until one more request fits. */
  readonly resetSeconds: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const windowSeconds = 60;
const bucketsMax = 100_000;

/** One token bucket per workspace in this process: `limit` requests per minute, all of them at once if need be. */
export class RateLimiter {
  static readonly windowSeconds = windowSeconds;
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    readonly limit: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Takes a token if there is one. */
  take(tenantId: string): RateState {
    const bucket = this.refilled(tenantId);
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    const missing = allowed ? this.limit - bucket.tokens : 1 - bucket.tokens;
    return {
      allowed,
      limit: this.limit,
      remaining: Math.floor(bucket.tokens),
      resetSeconds: Math.ceil((missing * windowSeconds) / this.limit),
    };
  }

  private refilled(tenantId: string): Bucket {
    const now = this.nowMs();
    const bucket = this.buckets.get(tenantId) ?? { tokens: this.limit, at: now };
    const refill = ((now - bucket.at) / 1_000 / windowSeconds) * this.limit;
    bucket.tokens = Math.min(this.limit, bucket.tokens + refill);
    bucket.at = now;
    // A forgotten bucket is a full one, so clearing only ever errs on the generous side.
    if (this.buckets.size >= bucketsMax) this.buckets.clear();
    this.buckets.set(tenantId, bucket);
    return bucket;
  }
}
