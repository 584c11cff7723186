import { Logger } from '@nestjs/common';
import type { BucketName, EventStore, RecordedEvent } from '@overture/event-store';
import { encodeEvent, type OutgoingEvent, type PublishMap } from './envelope.js';
import type { Fence } from './progress.js';
import type { OwnBucket } from './relay-backlog.js';
import type { CursorMove } from './relay-cursors.js';

export interface BucketReaderOptions {
  readonly service: string;
  readonly publish: PublishMap;
  readonly store: EventStore;
  readonly fenceOf: (bucket: BucketName) => Fence | undefined;
}

/** The next events of one bucket, as they go out. */
export interface Page {
  readonly bucket: OwnBucket;
  readonly before: number;
  readonly fence: Fence;
  readonly events: readonly OutgoingEvent[];
}

/** Reads what comes next in a bucket and gives it its public form. */
export class BucketReader {
  private readonly logger = new Logger('Relay');

  constructor(private readonly options: BucketReaderOptions) {}

  /** Nothing, when the bucket is not ours any more or has no more. */
  async read(bucket: OwnBucket, limit: number): Promise<Page | undefined> {
    const { fenceOf, store } = this.options;
    const fence = fenceOf(bucket);
    if (fence === undefined) return undefined;
    const before = bucket.readUpTo;
    const events = this.encode(contiguous(await store.readBucket(bucket, before, limit), before));
    bucket.readUpTo = before + events.length;
    return events.length > 0 ? { bucket, before, fence, events } : undefined;
  }

  /** Stops before an event that cannot be mapped: it holds up its bucket, and is told of at each poll. */
  private encode(events: readonly RecordedEvent[]): OutgoingEvent[] {
    const { service, publish } = this.options;
    const encoded: OutgoingEvent[] = [];
    for (const event of events) {
      try {
        encoded.push(encodeEvent(service, publish, event));
      } catch (error) {
        const { type, streamId, version } = event;
        this.logger.error(`${type} (${streamId} ${version}) has no public form: ${String(error)}`);
        break;
      }
    }
    return encoded;
  }
}

/** How the cursors move once all events of these pages are stored, at these sequences. */
export function movesOf(pages: readonly Page[], sequences: readonly number[]): CursorMove[] {
  let offset = 0;
  return pages.map(({ bucket: { tenantId, bucket }, before, fence, events }) => {
    const own = sequences.slice(offset, offset + events.length);
    offset += events.length;
    // A repeat answers with the sequence it had the first time, so the last event need not be the furthest.
    const sequence = own.reduce((highest, each) => Math.max(highest, each), 0);
    const eventId = events[own.indexOf(sequence)]?.eventId ?? '';
    const after = before + events.length;
    return { tenantId, bucket, before, after, sequence, eventId, fence };
  });
}

/** Positions have no holes; should one show all the same, nothing behind it is published yet. */
function contiguous(events: readonly RecordedEvent[], before: number): readonly RecordedEvent[] {
  const hole = events.findIndex(({ position }, index) => position !== before + index + 1);
  return hole === -1 ? events : events.slice(0, hole);
}
