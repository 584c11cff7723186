import { randomUUID } from 'node:crypto';
import { toMs, type Instant } from '@overture/kernel';
import type { AppendRequest, EventMeta, RecordedEvent, StreamEvent } from './events.js';

/** Turns the data of one schema version into that of the next. */
export type Upcaster = (data: never) => object;

/** By event type and by the schema version it starts from. */
export type Upcasters = Readonly<Record<string, Readonly<Record<number, Upcaster>>>>;

/** Writes today's schema version and reads every older one. */
export class Codec {
  constructor(private readonly upcasters: Upcasters = {}) {}

  /** The version that new events of a type are written in: one above its last upcaster. */
  currentVersion(type: string): number {
    let version = 1;
    while (this.upcasters[type]?.[version] !== undefined) version++;
    return version;
  }

  /** The events of a request as they will be read back, apart from their position. */
  encode(request: AppendRequest, recordedAt: Instant): StreamEvent[] {
    const { tenantId, streamId, expectedVersion } = request;
    const newId = timeOrderedIds(recordedAt);
    return request.events.map((event, index) => ({
      type: event.type,
      data: event.data,
      id: event.id ?? newId(),
      tenantId,
      streamId,
      version: expectedVersion + index + 1,
      schemaVersion: event.schemaVersion ?? this.currentVersion(event.type),
      meta: event.meta ?? {},
      recordedAt,
    }));
  }

  decode<E extends StreamEvent>(event: E): E {
    const steps = this.upcasters[event.type];
    if (steps === undefined) return event;
    let { data, schemaVersion } = event;
    for (let step = steps[schemaVersion]; step !== undefined; step = steps[schemaVersion]) {
      data = step(data as never);
      schemaVersion++;
    }
    return { ...event, data, schemaVersion };
  }
}

/** A row of the events table as the driver returns it. */
export interface EventRow {
  readonly tenant_id: string;
  readonly stream_id: string;
  readonly version: number;
  readonly bucket: number;
  readonly position: number;
  readonly event_id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly data: object;
  readonly meta: EventMeta;
  readonly recorded_at: Instant;
}

/** Named one by one: a column that a migration adds must not change the rows of prepared statements. */
export const eventColumns =
  'tenant_id, stream_id, version, bucket, position, event_id, type, schema_version, data, meta, recorded_at';

export function fromRow(row: EventRow): RecordedEvent {
  return {
    type: row.type,
    data: row.data,
    id: row.event_id,
    tenantId: row.tenant_id,
    streamId: row.stream_id,
    version: row.version,
    bucket: row.bucket,
    position: row.position,
    schemaVersion: row.schema_version,
    meta: row.meta,
    recordedAt: row.recorded_at,
  };
}

// UUID version 7: ids written together lie together in the index, so a large table stays fast to append to.
function timeOrderedIds(at: Instant): () => string {
  const ms = toMs(at).toString(16).padStart(12, '0');
  const prefix = `${ms.slice(0, 8)}-${ms.slice(8)}-7`;
  return () => prefix + randomUUID().slice(15);
}
