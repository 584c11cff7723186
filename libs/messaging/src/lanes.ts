import type { Tuning } from './options.js';
import { keyOf, type Entry } from './stream-run.js';

// A transaction costs the same for one event as for ten. At 1 000 events/s this makes 125 of them a second, not 415.
const gatherMs = 5;

/**
 * Handles what arrives by the batch, several batches at a time, and never two at once with events of one stream. A
 * lone event goes at once. After it a batch begins every `gatherMs` at most: so batches grow with the load.
 */
export class Lanes {
  private queue: Entry[] = [];
  private readonly streamsInHand = new Set<string>();
  private readonly batches = new Set<Promise<void>>();
  private begunAt = Number.NEGATIVE_INFINITY;
  private isArranged = false;

  constructor(
    private readonly tuning: Pick<Tuning, 'lanes' | 'batchMax'>,
    private readonly handle: (tenantId: string, entries: readonly Entry[]) => Promise<void>,
  ) {}

  push(entry: Entry): void {
    this.queue.push(entry);
    this.arrange();
  }

  /** Takes back what has not begun. */
  withdraw(unwanted: (entry: Entry) => boolean): Entry[] {
    const withdrawn = this.queue.filter(unwanted);
    this.queue = this.queue.filter((entry) => !unwanted(entry));
    return withdrawn;
  }

  /** Resolves when what has begun has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.batches);
  }

  private arrange(): void {
    if (this.isArranged || this.queue.length === 0) return;
    if (this.batches.size >= this.tuning.lanes) return;
    this.isArranged = true;
    const waitMs = this.begunAt + gatherMs - performance.now();
    if (waitMs > 0) setTimeout(() => this.begin(), waitMs);
    // What the server sent together belongs in one transaction: let the whole packet arrive.
    else setImmediate(() => this.begin());
  }

  private begin(): void {
    this.isArranged = false;
    const batch = this.take();
    // All that waits is of streams in hand: the end of their batch arranges the next.
    if (batch.length === 0) return;
    this.begunAt = performance.now();
    const streams = new Set(batch.map(keyOf));
    for (const stream of streams) this.streamsInHand.add(stream);
    const handled = this.handleAll(batch).finally(() => {
      for (const stream of streams) this.streamsInHand.delete(stream);
      this.batches.delete(handled);
      this.arrange();
    });
    this.batches.add(handled);
    this.arrange();
  }

  private take(): Entry[] {
    const batch: Entry[] = [];
    const left: Entry[] = [];
    let seen = 0;
    for (; seen < this.queue.length && batch.length < this.tuning.batchMax; seen++) {
      const entry = this.queue[seen] as Entry;
      (this.streamsInHand.has(keyOf(entry)) ? left : batch).push(entry);
    }
    this.queue = [...left, ...this.queue.slice(seen)];
    return batch;
  }

  private async handleAll(batch: readonly Entry[]): Promise<void> {
    for (const [tenantId, entries] of byTenant(batch)) await this.handle(tenantId, entries);
  }
}

function byTenant(entries: readonly Entry[]): Map<string, Entry[]> {
  const tenants = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { tenantId } = entry.envelope;
    const known = tenants.get(tenantId);
    if (known) known.push(entry);
    else tenants.set(tenantId, [entry]);
  }
  return tenants;
}
