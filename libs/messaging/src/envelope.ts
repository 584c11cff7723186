import { create, toJsonString, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { instant, type Instant } from '@overture/kernel';
import type { EventMeta, RecordedEvent } from '@overture/event-store';
import type { HeaderRecord } from './headers.js';
import { contextOf, eventSubject, partitionOf } from './subjects.js';

/** The public form of a stored event: a message of the contracts. */
export interface Published {
  readonly schema: DescMessage;
  readonly message: object;
}

/** Maps a stored event to what others see of it. Total: a hole would stop every consumer of the stream. */
export type PublishMap = (event: RecordedEvent) => Published;

/** Ties a message to its schema, checked by the compiler. */
export function published<S extends DescMessage>(
  schema: S,
  message: MessageInitShape<S>,
): Published {
  return { schema, message };
}

/** An event as it travels: CloudEvents attributes as headers, ProtoJSON as body. */
export interface OutgoingEvent {
  readonly eventId: string;
  readonly subject: string;
  readonly partition: number;
  readonly headers: HeaderRecord;
  readonly body: string;
}

/** What the headers of an event say. */
export interface Envelope {
  /** Full name, e.g. overture.campaign.v1.LeadEnrolled. */
  readonly type: string;
  readonly context: string;
  readonly eventId: string;
  readonly tenantId: string;
  readonly streamId: string;
  readonly version: number;
  readonly occurredAt: Instant;
  readonly meta: EventMeta;
}

/** An event whose headers break the contract: nobody can say which stream it belongs to. */
export class MalformedEventError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MalformedEventError';
  }
}

export function encodeEvent(
  service: string,
  publish: PublishMap,
  event: RecordedEvent,
): OutgoingEvent {
  const { schema, message } = publish(event);
  const partition = partitionOf(event.tenantId, event.streamId);
  return {
    eventId: event.id,
    partition,
    subject: eventSubject(schema.typeName, partition),
    headers: headersOf(service, schema.typeName, event),
    body: toJsonString(schema, create(schema, message as never)),
  };
}

export function readEnvelope(headers: HeaderRecord): Envelope {
  const version = Number(headers['ce-version']);
  if (!Number.isInteger(version) || version < 1) {
    throw new MalformedEventError(`Expected a ce-version, found "${headers['ce-version']}".`);
  }
  const type = required(headers, 'ce-type');
  return {
    type,
    context: contextOf(type),
    eventId: required(headers, 'ce-id'),
    tenantId: required(headers, 'ce-tenant'),
    streamId: required(headers, 'ce-subject'),
    version,
    occurredAt: instant(required(headers, 'ce-time')),
    meta: metaOf(headers),
  };
}

/** Correlation, causation and actor as headers, for events and for calls alike. */
export function metaHeaders(meta: EventMeta): HeaderRecord {
  return {
    'ce-correlationid': meta.correlationId,
    'ce-causationid': meta.causationId,
    'ce-actor': meta.actor,
    traceparent: meta.traceparent,
  };
}

export function metaOf(headers: HeaderRecord): EventMeta {
  return {
    correlationId: headers['ce-correlationid'],
    causationId: headers['ce-causationid'],
    actor: headers['ce-actor'],
    traceparent: headers['traceparent'],
  };
}

// One literal: spread together from two, a thousand of them cost as much as all the rest of their publishing.
function headersOf(service: string, type: string, event: RecordedEvent): HeaderRecord {
  return {
    'Nats-Msg-Id': event.id,
    'ce-specversion': '1.0',
    'ce-id': event.id,
    'ce-type': type,
    'ce-source': `/overture/${service}`,
    'ce-subject': event.streamId,
    'ce-time': event.recordedAt,
    'ce-tenant': event.tenantId,
    'ce-version': String(event.version),
    'ce-position': String(event.position),
    'ce-correlationid': event.meta.correlationId,
    'ce-causationid': event.meta.causationId,
    'ce-actor': event.meta.actor,
    traceparent: event.meta.traceparent,
  };
}

function required(headers: HeaderRecord, name: string): string {
  const value = headers[name];
  if (!value) throw new MalformedEventError(`The header ${name} is missing.`);
  return value;
}
