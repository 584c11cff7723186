import type { ConsumerInfo } from '@nats-io/jetstream';
import type { PartitionState } from './partition-state.js';
import type { ConsumerSettings, Topology } from './topology.js';

/** Keeps this service's durable consumers in being, whatever NATS loses. (P12) */
export class ConsumerKeeper {
  private readonly ensuring = new Map<number, Promise<void>>();

  constructor(
    private readonly topology: Topology,
    private readonly settings: ConsumerSettings,
    private readonly partitions: ReadonlyMap<number, PartitionState>,
  ) {}

  /** Makes the stream and the partition's consumer exist, and begins from what the server says of it. */
  ensure(partition: number): Promise<void> {
    const running = this.ensuring.get(partition) ?? this.make(partition);
    this.ensuring.set(partition, running);
    return running;
  }

  /** Finds consumers that were lost without a word, and makes them anew; returns their partitions. */
  async check(): Promise<number[]> {
    await this.askAboutTheMissing();
    // What arrives while we ask may be ahead of the answer.
    const before = [...this.partitions].map(([partition, state]) => ({
      partition,
      state,
      seen: state.seenUpTo,
    }));
    const mark = await this.topology.streamMark().catch(() => undefined);
    if (mark === undefined) return [];
    const outdated = before.filter(({ state, seen }) => !state.fits(mark, seen));
    const made = outdated.map(async ({ partition }) =>
      this.ensure(partition).then(
        () => [partition],
        () => [],
      ),
    );
    return (await Promise.all(made)).flat();
  }

  private async make(partition: number): Promise<void> {
    try {
      const mark = await this.topology.ensureStream();
      const state = this.partitions.get(partition);
      state?.begin(mark);
      await this.learn(state, this.topology.ensureConsumer(partition, this.settings));
      if (state?.needsNews) await this.learn(state, this.topology.consumerInfo(partition));
    } finally {
      this.ensuring.delete(partition);
    }
  }

  private async askAboutTheMissing(): Promise<void> {
    for (const [partition, state] of this.partitions) {
      if (!state.needsNews) continue;
      await this.learn(state, this.topology.consumerInfo(partition)).catch(() => undefined);
    }
  }

  private async learn(
    state: PartitionState | undefined,
    answer: Promise<ConsumerInfo>,
  ): Promise<void> {
    const { arrivals = 0 } = state ?? {};
    const info = await answer;
    state?.learn(info, arrivals);
  }
}
