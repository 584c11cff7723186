import type { BucketName, Database } from '@overture/event-store';
import { Leases } from './leases.js';
import type { Tuning } from './options.js';
import { LostRaceError, type Fence } from './progress.js';
import { partitionLabel, partitionOf, partitions } from './subjects.js';

/** Work that is shared out by partition. */
export interface PartitionWork {
  adopt(partitions: readonly number[]): void;
  /** Resolves when all work on these partitions has ended. */
  drop(partitions: readonly number[]): Promise<void>;
}

/** Which of the 64 partitions this replica works on: it follows their events and publishes their buckets. */
export class Ownership {
  private readonly leases: Leases;
  private work: readonly PartitionWork[] = [];

  constructor(database: Database, { leaseTtlMs }: Tuning) {
    this.leases = new Leases({
      database,
      group: 'partition',
      names: partitions.map(partitionLabel),
      ttlMs: leaseTtlMs,
      onAcquired: (acquired) => {
        const numbers = acquired.map(({ name }) => Number(name));
        for (const each of this.work) each.adopt(numbers);
      },
      onLost: async (names) => {
        await Promise.all(this.work.map((each) => each.drop(names.map(Number))));
      },
    });
  }

  async start(work: readonly PartitionWork[]): Promise<void> {
    this.work = work;
    await this.leases.start();
  }

  async stop(): Promise<void> {
    await this.leases.stop();
  }

  /** With every partition ours, nobody else works for this service. */
  get isSole(): boolean {
    return partitions.every((partition) => this.fenceOf(partition) !== undefined);
  }

  fenceOfBucket({ tenantId, bucket }: BucketName): Fence | undefined {
    return this.fenceOf(partitionOf(tenantId, String(bucket)));
  }

  /** The lease on a stream's delivery partition; throws when it is not ours at this moment. */
  fenceOfStream(tenantId: string, streamId: string): Fence {
    const partition = partitionOf(tenantId, streamId);
    const fence = this.fenceOf(partition);
    if (fence === undefined) throw new LostRaceError(`partition ${partition} is not ours`);
    return fence;
  }

  private fenceOf(partition: number): Fence | undefined {
    const lease = this.leases.held(partitionLabel(partition));
    if (lease === undefined) return undefined;
    return { owner: this.leases.owner, key: this.leases.key(lease.name), epoch: lease.epoch };
  }
}
