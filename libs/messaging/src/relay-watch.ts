import { Logger } from '@nestjs/common';
import type { BucketName } from '@overture/event-store';
import { counters } from './counters.js';
import type { Fence } from './progress.js';
import type { CursorRow, RelayCursors } from './relay-cursors.js';
import type { StreamMark, Topology } from './topology.js';

/**
 * Compares what NATS has with what was published: at the start, after each reconnect and every minute. When NATS has
 * less, the cursors go back and everything is published again. (P12)
 */
export class RelayWatch {
  private readonly logger = new Logger('RelayWatch');
  private mark: StreamMark | undefined;
  private verifiedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly topology: Topology,
    private readonly cursors: RelayCursors,
    private readonly everyMs: number,
  ) {}

  get isDue(): boolean {
    return performance.now() - this.verifiedAt >= this.everyMs;
  }

  /** Which incarnation of the stream events go to. */
  get streamCreated(): string {
    return this.mark?.created ?? '';
  }

  /** Asks for a comparison before anything else is published. */
  request(): void {
    this.verifiedAt = Number.NEGATIVE_INFINITY;
  }

  /** Whether the stream still is what our books say; if not, begin again from the cursors. */
  async isWhole(fenceOf: (bucket: BucketName) => Fence | undefined): Promise<boolean> {
    const before = this.mark?.created;
    const askedAt = performance.now();
    this.mark = await this.topology.ensureStream();
    const lost = own(await this.lost(this.mark), fenceOf);
    if (lost.length > 0) {
      await this.cursors.rewind(lost);
      this.logger.warn(`NATS has less than was published: ${lost.length} buckets go out again.`);
      counters.rewound.add(lost.length);
    }
    this.verifiedAt = askedAt;
    return lost.length === 0 && before === this.mark.created;
  }

  private async lost(mark: StreamMark): Promise<CursorRow[]> {
    const last = await this.cursors.lastStored(mark.created);
    const agedOut = last !== undefined && last.sequence < mark.firstSequence;
    if (last === undefined || agedOut || last.sequence > mark.lastSequence) {
      return this.cursors.lost(mark);
    }
    const stored = await this.topology.eventIdAt(last.sequence);
    if (stored === last.eventId) return this.cursors.lost(mark);
    // The end was lost and others have published since: our books say nothing about this stream any more.
    return this.cursors.lost({ ...mark, created: '' });
  }
}

function own(
  rows: readonly CursorRow[],
  fenceOf: (bucket: BucketName) => Fence | undefined,
): (CursorRow & { fence: Fence })[] {
  return rows.flatMap((row) => {
    const fence = fenceOf({ tenantId: row.tenant_id, bucket: row.bucket });
    return fence === undefined ? [] : [{ ...row, fence }];
  });
}
