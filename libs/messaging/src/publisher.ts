import { randomUUID } from 'node:crypto';
import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { TransientError } from '@overture/kernel';
import type { OutgoingEvent } from './envelope.js';
import { encodedHeaders } from './headers.js';

interface Batch {
  readonly sequences: number[];
  missing: number;
  readonly resolve: (sequences: number[]) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface StoredAnswer {
  readonly seq?: number;
  readonly error?: { readonly description: string };
}

const ackTimeoutMs = 5_000;

/** Stores events in the event stream. Acknowledgements are counted on one inbox instead of awaited one by one. */
export class Publisher {
  private readonly inbox: string;
  private readonly subscription: Subscription;
  private readonly batches = new Map<number, Batch>();
  private nextBatch = 1;

  constructor(
    private readonly nats: NatsConnection,
    inboxPrefix: string,
  ) {
    this.inbox = `${inboxPrefix}.relay.${randomUUID().slice(0, 8)}`;
    this.subscription = nats.subscribe(`${this.inbox}.*.*`, {
      callback: (error, message) => {
        if (!error) this.acknowledged(message);
      },
    });
  }

  /** Resolves with each event's sequence once all are stored. On a TransientError publish the batch again. */
  publish(events: readonly OutgoingEvent[]): Promise<number[]> {
    if (events.length === 0) return Promise.resolve([]);
    const id = this.nextBatch++;
    return new Promise((resolve, reject) => {
      const late = () =>
        this.fail(id, new TransientError(`NATS stored no batch within ${ackTimeoutMs} ms.`));
      const timer = setTimeout(late, ackTimeoutMs);
      const sequences = events.map(() => 0);
      this.batches.set(id, { sequences, missing: events.length, resolve, reject, timer });
      events.forEach(({ subject, headers, body }, index) => {
        this.nats.publish(subject, body, {
          headers: encodedHeaders(headers),
          reply: `${this.inbox}.${id}.${index}`,
        });
      });
    });
  }

  close(): void {
    this.subscription.unsubscribe();
    const closed = new TransientError('The publisher was closed.');
    for (const id of this.batches.keys()) this.fail(id, closed);
  }

  private acknowledged(message: Msg): void {
    const { subject } = message;
    const last = subject.lastIndexOf('.');
    const id = Number(subject.slice(this.inbox.length + 1, last));
    const index = Number(subject.slice(last + 1));
    const batch = this.batches.get(id);
    if (batch === undefined || batch.sequences[index] !== 0) return;
    if (message.headers && message.headers.code >= 400) {
      return this.fail(id, new TransientError('The event stream does not exist at the moment.'));
    }
    const { seq, error } = message.json<StoredAnswer>();
    if (seq === undefined) {
      return this.fail(id, new TransientError(`NATS stored no event: ${error?.description}`));
    }
    batch.sequences[index] = seq;
    if (--batch.missing > 0) return;
    this.forget(id, batch);
    batch.resolve(batch.sequences);
  }

  private fail(id: number, error: Error): void {
    const batch = this.batches.get(id);
    if (batch === undefined) return;
    this.forget(id, batch);
    batch.reject(error);
  }

  private forget(id: number, batch: Batch): void {
    clearTimeout(batch.timer);
    this.batches.delete(id);
  }
}
