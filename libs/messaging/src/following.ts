import { DeadLetters } from './dead-letters.js';
import { EventConsumer } from './event-consumer.js';
import type { EventHandlers } from './event-handlers.js';
import { FailureJudge } from './failure-judge.js';
import { Failures } from './failures.js';
import type { PartitionWork } from './ownership.js';
import { Release } from './release.js';
import { RunHandler } from './run-handler.js';
import type { MessagingParts } from './messaging-parts.js';
import { StreamHistory } from './stream-history.js';
import { StreamProcessor } from './stream-processor.js';

/** The facts of others, and of its own, that a service follows. */
export class Following implements PartitionWork {
  readonly ops: { readonly deadLetters: DeadLetters; readonly release: Release };
  private readonly consumer: EventConsumer;

  constructor(parts: MessagingParts, handlers: EventHandlers) {
    const { service, database, nats, client, ownership, tuning } = parts;
    const { activity, topology, inboxPrefix } = parts;
    const deadLetters = new DeadLetters(service, database);
    const failures = new Failures(database.clock);
    const history = new StreamHistory(client);
    this.consumer = new EventConsumer({
      service,
      nats,
      inboxPrefix,
      topology,
      handlers,
      failures,
      activity,
      tuning,
      processor: (settlement) =>
        new StreamProcessor({
          runs: new RunHandler(service, database, handlers, deadLetters),
          history,
          settlement,
          judge: new FailureJudge({ failures, deadLetters, triesMax: tuning.triesMax }),
          fenceFor: (tenantId, streamId) => ownership.fenceOfStream(tenantId, streamId),
        }),
    });
    this.ops = { deadLetters, release: new Release(deadLetters, history, this.consumer.streams) };
  }

  adopt(partitions: readonly number[]): void {
    void this.consumer.adopt(partitions);
  }

  drop(partitions: readonly number[]): Promise<void> {
    return this.consumer.drop(partitions);
  }

  stop(): Promise<void> {
    return this.consumer.stop();
  }

  reconnected(): void {
    this.consumer.reconnected();
  }
}
