import type { Attempted } from './run-handler.js';
import { crowdedDelayMs, type Settlement, type StreamProcessor } from './stream-processor.js';
import { keyOf, toRun, toRuns, type Entry, type StreamRun } from './stream-run.js';

// Each holds a connection now and then; the lanes and the commands need theirs.
const asidesMax = 8;
const failuresInARowMax = 3;

/**
 * Handles what was delivered for one tenant: all streams in one transaction; when that fails, one stream after
 * another, so that a bad event holds up its own stream only.
 */
export class BatchProcessor {
  // Streams with a hole are handled beside the lanes: their owner may be slow to answer.
  private readonly asides = new Map<string, Entry[]>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly streams: StreamProcessor,
    private readonly settlement: Settlement,
  ) {}

  async handle(tenantId: string, entries: readonly Entry[]): Promise<void> {
    const runs = toRuns(entries.filter((entry) => !this.joinsAside(entry)));
    if (runs.length === 0) return;
    let attempted: Attempted[];
    try {
      attempted = await this.streams.attempt(tenantId, runs);
    } catch {
      // Whatever it was shows again below, where it concerns one stream.
      return this.handleApart(tenantId, runs);
    }
    for (const each of attempted) {
      this.streams.settleHandled(each);
      if (each.beyond.length > 0) this.closeGapAside(tenantId, each);
    }
  }

  /** Resolves when the streams that are now handled beside the lanes are through. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  private async handleApart(tenantId: string, runs: readonly StreamRun[]): Promise<void> {
    let failuresInARow = 0;
    for (const [index, run] of runs.entries()) {
      // The database is away, most likely: asking it once for every stream would only take long.
      if (failuresInARow === failuresInARowMax) {
        const rest = runs.slice(index).flatMap(({ entries }) => entries);
        return this.settlement.giveBack(rest, crowdedDelayMs);
      }
      const verdict = await this.streams.handle(tenantId, run);
      failuresInARow = verdict === 'waits' ? failuresInARow + 1 : 0;
    }
  }

  private joinsAside(entry: Entry): boolean {
    const arrived = this.asides.get(keyOf(entry));
    arrived?.push(entry);
    return arrived !== undefined;
  }

  private closeGapAside(tenantId: string, attempted: Attempted): void {
    if (this.asides.size >= asidesMax) {
      this.settlement.giveBack(attempted.beyond, crowdedDelayMs);
      return;
    }
    const key = `${tenantId}\n${attempted.run.streamId}`;
    const arrived: Entry[] = [];
    this.asides.set(key, arrived);
    const task = this.streams
      .closeGap(tenantId, attempted)
      .then(async () => {
        this.asides.delete(key);
        if (arrived.length > 0) await this.streams.handle(tenantId, toRun(arrived));
      })
      .finally(() => this.running.delete(task));
    this.running.add(task);
  }
}
