import type { Instant } from '@overture/kernel';

/** What a domain module writes: a past-tense name and the facts. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** Who or what caused an event; carried into everything that follows from it. */
export interface EventMeta {
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly actor?: string | undefined;
}

/** An event on its way in. Without an id it gets a fresh one; without a schema version, today's. */
export interface NewEvent extends DomainEvent {
  readonly id?: string | undefined;
  readonly schemaVersion?: number | undefined;
  readonly meta?: EventMeta | undefined;
}

/** An event with its place in its stream. */
export type StreamEvent<E extends DomainEvent = DomainEvent> = E & {
  readonly id: string;
  readonly tenantId: string;
  readonly streamId: string;
  readonly version: number;
  readonly schemaVersion: number;
  readonly meta: EventMeta;
  readonly recordedAt: Instant;
};

/** A committed event: it also has its place among all events of its bucket. */
export type RecordedEvent<E extends DomainEvent = DomainEvent> = StreamEvent<E> & {
  readonly bucket: number;
  readonly position: number;
};

export interface StreamName {
  readonly tenantId: string;
  readonly streamId: string;
}

export interface AppendRequest extends StreamName {
  readonly events: readonly NewEvent[];
  /** How many events the stream held when the caller decided; 0 for a stream that must be new. */
  readonly expectedVersion: number;
}

export type AppendResult =
  | { readonly outcome: 'appended'; readonly version: number; readonly events: RecordedEvent[] }
  | { readonly outcome: 'conflict'; readonly expectedVersion: number; readonly version: number };

export interface StreamRead<Event> {
  readonly events: Event[];
  /** The version of the stream's last event; what `append` expects next. */
  readonly version: number;
}

export interface BucketName {
  readonly tenantId: string;
  readonly bucket: number;
}
