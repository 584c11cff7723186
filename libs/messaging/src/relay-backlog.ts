import type { BucketName } from '@overture/event-store';
import type { CursorRow } from './relay-cursors.js';

/** A bucket of ours, and how far it has been read for publishing. */
export interface OwnBucket extends BucketName {
  /** Never behind the cursor; ahead of it while acknowledgements are awaited. */
  readUpTo: number;
}

/** Which buckets have grown, and whether that is known at all. */
export class RelayBacklog {
  private readonly known = new Map<string, OwnBucket>();
  private readonly grown = new Set<string>();
  private unknown = true;

  constructor(private readonly isOwn: (bucket: BucketName) => boolean) {}

  /** A bucket of ours grew; one never seen before needs a look at its cursor. */
  wake(bucket: BucketName): boolean {
    if (!this.isOwn(bucket)) return false;
    const key = keyOf(bucket);
    if (this.known.has(key)) this.grown.add(key);
    else this.unknown = true;
    return true;
  }

  /** Any bucket may have grown, or become ours. */
  wakeAll(): void {
    this.unknown = true;
  }

  get needsLook(): boolean {
    return this.unknown;
  }

  get isEmpty(): boolean {
    return this.grown.size === 0;
  }

  get amount(): number {
    return this.grown.size + (this.unknown ? 1 : 0);
  }

  /** Begins a look at all cursors; what wakes during the look asks for another. */
  looking(): void {
    this.unknown = false;
  }

  looked(rows: readonly CursorRow[]): void {
    for (const { tenant_id: tenantId, bucket, position } of rows) {
      const name = { tenantId, bucket };
      if (!this.isOwn(name)) continue;
      const key = keyOf(name);
      if (!this.known.has(key)) this.known.set(key, { ...name, readUpTo: position });
      this.grown.add(key);
    }
  }

  /** Takes out some buckets that have grown; what grows from now on wakes them again. */
  take(max: number): OwnBucket[] {
    const taken: OwnBucket[] = [];
    for (const key of this.grown) {
      if (taken.length === max) break;
      this.grown.delete(key);
      const bucket = this.known.get(key);
      if (bucket && this.isOwn(bucket)) taken.push(bucket);
      else this.known.delete(key);
    }
    return taken;
  }

  /** Forgets what was read: the cursors in the database are the truth. */
  forget(): void {
    this.known.clear();
    this.grown.clear();
    this.unknown = true;
  }
}

function keyOf({ tenantId, bucket }: BucketName): string {
  return `${tenantId}\n${bucket}`;
}
