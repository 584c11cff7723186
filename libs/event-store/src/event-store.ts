import type {
  AppendRequest,
  AppendResult,
  BucketName,
  DomainEvent,
  RecordedEvent,
  StreamName,
  StreamRead,
} from './events.js';

const pageEventsMax = 500;

/** Append-only streams per tenant. Versions are 1..n per stream, positions 1..m per bucket, without holes. */
export abstract class EventStore {
  /** Appends all events or none. A conflict is an outcome, not an error. */
  abstract append(request: AppendRequest): Promise<AppendResult>;

  /** Appends many requests at once, each all or nothing by itself; results come in the order of the requests. */
  abstract appendAll(requests: readonly AppendRequest[]): Promise<AppendResult[]>;

  /** At most `limit` events of a stream, from a version on. */
  abstract readPage<E extends DomainEvent>(
    stream: StreamName,
    fromVersion: number,
    limit: number,
  ): Promise<RecordedEvent<E>[]>;

  /** At most `limit` events of a bucket behind a position, in commit order. */
  abstract readBucket<E extends DomainEvent>(
    bucket: BucketName,
    afterPosition: number,
    limit: number,
  ): Promise<RecordedEvent<E>[]>;

  /** A stream's history, page by page: memory stays bounded whatever its length. */
  async *iterate<E extends DomainEvent>(
    tenantId: string,
    streamId: string,
    fromVersion = 1,
  ): AsyncGenerator<RecordedEvent<E>> {
    let from = fromVersion;
    for (;;) {
      const page = await this.readPage<E>({ tenantId, streamId }, from, pageEventsMax);
      yield* page;
      if (page.length < pageEventsMax) return;
      from += page.length;
    }
  }

  /** A whole stream, for a decision. A stream that does not exist reads as version 0. */
  async read<E extends DomainEvent>(
    tenantId: string,
    streamId: string,
  ): Promise<StreamRead<RecordedEvent<E>>> {
    const events: RecordedEvent<E>[] = [];
    for await (const event of this.iterate<E>(tenantId, streamId)) events.push(event);
    return { events, version: events.length };
  }
}
