import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { Delivery } from './delivery.js';
import { durableName, eventStreamName } from './subjects.js';

interface Pull {
  readonly id: number;
  readonly requested: number;
  received: number;
  readonly expiresAt: number;
}

export interface PullerOptions {
  readonly service: string;
  readonly nats: NatsConnection;
  readonly inboxPrefix: string;
  readonly batchMax: number;
  readonly onDelivery: (delivery: Delivery) => void;
  /** Makes the consumer anew when it does not answer: it, or the whole stream, is gone. */
  readonly remake: (partition: number) => Promise<void>;
  /** Whether the partition can take another batch now; `resume` is called when it can again. */
  readonly hasRoom: (partition: number) => boolean;
}

const expiresMs = 20_000;
const graceMs = 5_000;
const nanosPerMs = 1_000_000;
const retryMs = 250;

/**
 * Pulls from one durable consumer per partition. The client's own way keeps two timers and a monitor for each of 64
 * partitions, which costs more than the work when all is idle.
 */
export class Puller {
  private readonly logger = new Logger('Puller');
  private readonly pulls = new Map<number, Pull | undefined>();
  private readonly retries = new Map<number, NodeJS.Timeout>();
  private readonly subscriptions = new Map<number, Subscription>();
  private readonly inbox: string;
  private readonly watchdog: NodeJS.Timeout;
  private nextId = 1;

  constructor(private readonly options: PullerOptions) {
    this.inbox = `${options.inboxPrefix}.pull.${randomUUID().slice(0, 8)}`;
    // A server that restarted forgets our request without a word.
    this.watchdog = setInterval(() => this.pullAgainWhatIsOverdue(), graceMs);
    this.watchdog.unref();
  }

  start(partition: number): void {
    this.pulls.set(partition, undefined);
    this.subscribe(partition);
    this.pull(partition);
  }

  stop(partition: number): void {
    this.pulls.delete(partition);
    // Without its inbox the server forgets the request under way, and the partition's new owner gets all.
    this.subscriptions.get(partition)?.unsubscribe();
    this.subscriptions.delete(partition);
    clearTimeout(this.retries.get(partition));
    this.retries.delete(partition);
  }

  /** Pulls unless a request is under way; called when there is room again. */
  resume(partition: number): void {
    if (this.pulls.has(partition) && this.pulls.get(partition) === undefined) this.pull(partition);
  }

  /** Pulls anew: the request under way was lost, with a connection or with the consumer. */
  restart(partition: number): void {
    if (this.pulls.has(partition)) this.pull(partition);
  }

  close(): void {
    clearInterval(this.watchdog);
    for (const partition of this.pulls.keys()) this.stop(partition);
  }

  private subscribe(partition: number): void {
    const subscription = this.options.nats.subscribe(`${this.inbox}.${partition}.*`, {
      callback: (error, message) => {
        if (error) this.logger.error(error);
        else this.receive(message);
      },
    });
    this.subscriptions.get(partition)?.unsubscribe();
    this.subscriptions.set(partition, subscription);
  }

  private pull(partition: number): void {
    const { nats, service, batchMax } = this.options;
    if (!this.pulls.has(partition) || nats.isClosed()) return;
    if (!this.options.hasRoom(partition)) {
      this.pulls.set(partition, undefined);
      return;
    }
    const id = this.nextId++;
    const expiresAt = performance.now() + expiresMs;
    this.pulls.set(partition, { id, requested: batchMax, received: 0, expiresAt });
    const subject = `$JS.API.CONSUMER.MSG.NEXT.${eventStreamName}.${durableName(service, partition)}`;
    const request = { batch: batchMax, expires: expiresMs * nanosPerMs };
    nats.publish(subject, JSON.stringify(request), { reply: `${this.inbox}.${partition}.${id}` });
  }

  private receive(message: Msg): void {
    // Only a message without a body can be the server's own word; headers are read where somebody wants them.
    const status = message.data.length === 0 ? (message.headers?.code ?? 0) : 0;
    if (status > 0) return this.receiveStatus(message, status);
    // An event keeps its own subject; only the acknowledgement's says which consumer it comes from.
    const delivery = new Delivery(this.options.nats, message);
    this.options.onDelivery(delivery);
    const pull = this.pulls.get(delivery.partition);
    if (pull !== undefined && ++pull.received >= pull.requested) this.pull(delivery.partition);
  }

  private receiveStatus(message: Msg, status: number): void {
    const [partition, id] = message.subject.split('.').slice(-2).map(Number) as [number, number];
    // Only the latest request of a partition counts; an older one may end as it likes.
    if (this.pulls.get(partition)?.id !== id) return;
    this.afterStatus(partition, status, message.headers?.description ?? '');
  }

  private afterStatus(partition: number, status: number, description: string): void {
    // 404 and 408: nothing came in time, or not as much as asked for.
    if (status === 404 || status === 408) return this.pull(partition);
    if (status < 400) return;
    this.pulls.set(partition, undefined);
    // 503: nobody listens on the consumer's subject. 409 also tells of a consumer or stream that was deleted.
    if (status === 503 || /deleted/i.test(description)) void this.pullFromNew(partition);
    else this.retryLater(partition);
  }

  // What is asked of a consumer while the server deletes it is lost without a word, so the new one is always asked.
  private async pullFromNew(partition: number): Promise<void> {
    try {
      await this.options.remake(partition);
      this.restart(partition);
    } catch {
      this.retryLater(partition);
    }
  }

  private retryLater(partition: number): void {
    if (!this.pulls.has(partition)) return;
    clearTimeout(this.retries.get(partition));
    this.retries.set(
      partition,
      setTimeout(() => this.resume(partition), retryMs),
    );
  }

  private pullAgainWhatIsOverdue(): void {
    const now = performance.now();
    for (const [partition, pull] of this.pulls) {
      if (pull !== undefined && now > pull.expiresAt + graceMs) this.pull(partition);
    }
  }
}
