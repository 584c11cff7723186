import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Activity } from './activity.js';
import { BatchProcessor } from './batch-processor.js';
import { ConsumerKeeper } from './consumer-keeper.js';
import type { Delivery } from './delivery.js';
import { readEnvelope } from './envelope.js';
import type { EventHandlers } from './event-handlers.js';
import type { Failures } from './failures.js';
import { Lanes } from './lanes.js';
import type { Tuning } from './options.js';
import { PartitionState } from './partition-state.js';
import { Puller } from './puller.js';
import { crowdedDelayMs, type Settlement, type StreamProcessor } from './stream-processor.js';
import { keyOf, type Entry } from './stream-run.js';
import type { Topology } from './topology.js';

export interface EventConsumerOptions {
  readonly service: string;
  readonly nats: NatsConnection;
  readonly inboxPrefix: string;
  readonly topology: Topology;
  readonly handlers: EventHandlers;
  readonly failures: Failures;
  readonly activity: Activity;
  readonly tuning: Tuning;
  readonly processor: (settlement: Settlement) => StreamProcessor;
}

/** Follows the partitions this replica owns: pulls, handles, and acknowledges after the commit, never before. */
export class EventConsumer implements Settlement {
  readonly streams: StreamProcessor;
  private readonly logger = new Logger('EventConsumer');
  private readonly partitions = new Map<number, PartitionState>();
  private readonly keeper: ConsumerKeeper;
  private readonly batches: BatchProcessor;
  private readonly lanes: Lanes;
  private readonly puller: Puller;
  private readonly upkeep: NodeJS.Timeout;

  constructor(private readonly options: EventConsumerOptions) {
    const { service, nats, inboxPrefix, tuning, activity } = options;
    this.streams = options.processor(this);
    this.keeper = new ConsumerKeeper(options.topology, tuning, this.partitions);
    this.batches = new BatchProcessor(this.streams, this);
    this.lanes = new Lanes(tuning, (tenantId, entries) => this.handle(tenantId, entries));
    this.puller = new Puller({
      service,
      nats,
      inboxPrefix,
      batchMax: Math.ceil(tuning.ackPendingMax / 2),
      onDelivery: (delivery) => this.receive(delivery),
      remake: (partition) => this.keeper.ensure(partition),
      hasRoom: (partition) => this.openIn(partition) < tuning.ackPendingMax / 2,
    });
    this.upkeep = setInterval(() => void this.keepUp(), tuning.ackWaitMs / 3);
    this.upkeep.unref();
    activity.addBacklog(() => sum([...this.partitions.values()].map(({ backlog }) => backlog)));
    activity.follow(() => this.settled());
  }

  /** Begins to follow partitions; their lease must be held. */
  async adopt(partitions: readonly number[]): Promise<void> {
    for (const partition of partitions) {
      if (!this.partitions.has(partition)) this.partitions.set(partition, new PartitionState());
    }
    const made = await Promise.allSettled(partitions.map((each) => this.keeper.ensure(each)));
    // The puller finds the consumer missing and tries again.
    const problem = made.find((each) => each.status === 'rejected');
    if (problem) this.logger.warn(`A consumer could not be made: ${String(problem.reason)}`);
    for (const partition of partitions) {
      if (this.partitions.has(partition)) this.puller.start(partition);
    }
  }

  /** Ends all work on partitions and gives back what has not begun. */
  async drop(partitions: readonly number[]): Promise<void> {
    const dropped = new Set(partitions);
    for (const partition of partitions) this.puller.stop(partition);
    const ofDropped = ({ deliveries }: Entry): boolean =>
      deliveries.some(({ partition }) => dropped.has(partition));
    this.giveBack(this.lanes.withdraw(ofDropped), 1);
    await this.lanes.settled();
    await this.batches.settled();
    for (const partition of partitions) this.partitions.delete(partition);
  }

  async stop(): Promise<void> {
    clearInterval(this.upkeep);
    await this.drop([...this.partitions.keys()]);
    this.puller.close();
  }

  /** What was asked of the old connection is lost. */
  reconnected(): void {
    for (const partition of this.partitions.keys()) this.puller.restart(partition);
    void this.keepUp();
  }

  done(entries: readonly Entry[]): void {
    this.each(entries, (delivery, state) => {
      delivery.ack();
      state.done(delivery);
    });
  }

  giveBack(entries: readonly Entry[], delayMs: number): void {
    this.each(entries, (delivery, state) => {
      delivery.nak(delayMs);
      state.givenBack(delivery);
    });
  }

  private receive(delivery: Delivery): void {
    const { activity, failures, handlers } = this.options;
    activity.touch();
    const state = this.partitions.get(delivery.partition);
    if (state === undefined) return delivery.nak(1);
    state.received(delivery);
    if (!handlers.follows(delivery.context)) return this.pass(delivery, state);
    const entry = this.entryOf(delivery);
    if (entry === undefined) {
      delivery.terminate();
      state.done(delivery);
      return;
    }
    const restMs = failures.restingMs(keyOf(entry));
    if (restMs > 0) this.giveBack([entry], restMs);
    else this.lanes.push(entry);
  }

  /** Acknowledges, unread, what nobody here follows. */
  private pass(delivery: Delivery, state: PartitionState): void {
    delivery.ack();
    state.done(delivery);
    this.puller.resume(delivery.partition);
  }

  private entryOf(delivery: Delivery): Entry | undefined {
    try {
      const envelope = readEnvelope(delivery.headers);
      return { envelope, body: () => delivery.body(), deliveries: [delivery] };
    } catch (error) {
      this.logger.error(`No event of ours, at ${delivery.sequence}: ${String(error)}`);
      return undefined;
    }
  }

  private async handle(tenantId: string, entries: readonly Entry[]): Promise<void> {
    try {
      await this.batches.handle(tenantId, entries);
    } catch (error) {
      this.logger.error(error, (error as Error).stack);
      this.giveBack(entries, crowdedDelayMs);
    }
  }

  // Deliveries of a lost partition or of a stream that NATS lost are nobody's any more: their sequence may by now
  // belong to another event.
  private each(
    entries: readonly Entry[],
    settle: (delivery: Delivery, state: PartitionState) => void,
  ): void {
    for (const delivery of entries.flatMap(({ deliveries }) => deliveries)) {
      const state = this.partitions.get(delivery.partition);
      if (!state?.isOpen(delivery)) continue;
      settle(delivery, state);
      this.puller.resume(delivery.partition);
    }
  }

  private async keepUp(): Promise<void> {
    this.askForMoreTime();
    // A stream that was deleted and made anew leaves our pulls waiting without a word.
    for (const partition of await this.keeper.check()) this.puller.restart(partition);
  }

  private askForMoreTime(): void {
    const oldest = performance.now() - this.options.tuning.ackWaitMs / 3;
    for (const delivery of [...this.partitions.values()].flatMap((state) => state.inHand())) {
      if (delivery.deliveredAt < oldest) delivery.inProgress();
    }
  }

  private openIn(partition: number): number {
    return this.partitions.get(partition)?.openAmount ?? 0;
  }

  private settled(): Record<number, number> {
    return Object.fromEntries(
      [...this.partitions].map(([partition, { settledUpTo }]) => [partition, settledUpTo]),
    );
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
