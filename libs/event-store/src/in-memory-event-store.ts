import type { Clock } from '@overture/kernel';
import { Codec, type Upcasters } from './codec.js';
import { ConflictError } from './errors.js';
import { EventStore } from './event-store.js';
import type {
  AppendRequest,
  AppendResult,
  BucketName,
  DomainEvent,
  RecordedEvent,
  StreamName,
} from './events.js';

/** The store's twin for unit tests and simulations: one bucket per tenant, nothing on disk. */
export class InMemoryEventStore extends EventStore {
  private readonly buckets = new Map<string, RecordedEvent[]>();
  private readonly streams = new Map<string, RecordedEvent[]>();
  private readonly ids = new Set<string>();
  private readonly codec: Codec;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    upcasters: Upcasters = {},
  ) {
    super();
    this.codec = new Codec(upcasters);
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    const { tenantId, streamId, expectedVersion } = request;
    const stream = this.streams.get(`${tenantId}\n${streamId}`) ?? [];
    if (request.events.length === 0) {
      return { outcome: 'appended', version: expectedVersion, events: [] };
    }
    if (stream.length !== expectedVersion) {
      return { outcome: 'conflict', expectedVersion, version: stream.length };
    }
    const events = this.place(request);
    this.streams.set(`${tenantId}\n${streamId}`, [...stream, ...events]);
    return { outcome: 'appended', version: expectedVersion + events.length, events };
  }

  async appendAll(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    const results: AppendResult[] = [];
    for (const request of requests) results.push(await this.append(request));
    return results;
  }

  async readPage<E extends DomainEvent>(
    { tenantId, streamId }: StreamName,
    fromVersion: number,
    limit: number,
  ): Promise<RecordedEvent<E>[]> {
    const stream = this.streams.get(`${tenantId}\n${streamId}`) ?? [];
    return this.decoded<E>(stream.slice(fromVersion - 1, fromVersion - 1 + limit));
  }

  async readBucket<E extends DomainEvent>(
    { tenantId, bucket }: BucketName,
    afterPosition: number,
    limit: number,
  ): Promise<RecordedEvent<E>[]> {
    const events = bucket === 0 ? (this.buckets.get(tenantId) ?? []) : [];
    return this.decoded<E>(events.slice(afterPosition, afterPosition + limit));
  }

  private place(request: AppendRequest): RecordedEvent[] {
    const { tenantId, streamId } = request;
    const bucket = this.buckets.get(tenantId) ?? [];
    // Through JSON, as in the database: nobody keeps a hand on what is stored, and undefined is not stored.
    const encoded = this.codec.encode(request, this.clock.now());
    const events = (JSON.parse(JSON.stringify(encoded)) as RecordedEvent[]).map((event, index) => ({
      ...event,
      bucket: 0,
      position: bucket.length + index + 1,
    }));
    const ids = new Set(events.map(({ id }) => `${tenantId}\n${id}`));
    if (ids.size < events.length || [...ids].some((id) => this.ids.has(id))) {
      throw new ConflictError(streamId, 'An event with this id is already recorded.');
    }
    for (const id of ids) this.ids.add(id);
    this.buckets.set(tenantId, [...bucket, ...events]);
    return events;
  }

  private decoded<E extends DomainEvent>(events: RecordedEvent[]): RecordedEvent<E>[] {
    return events.map((event) => this.codec.decode(event)) as RecordedEvent<E>[];
  }
}
