import { fromJson, type DescMessage, type Message } from '@bufbuild/protobuf';
import type { Transaction } from '@overture/event-store';
import type { BatchContext, EventContext, EventInBatch } from './contexts.js';
import type { Envelope } from './envelope.js';
import { contextOf } from './subjects.js';
import { inSpan, SpanKind } from './tracing.js';

export type EventHandler = (event: Message, context: EventContext) => Promise<unknown>;

export type BatchHandler = (
  events: readonly EventInBatch[],
  context: BatchContext,
) => Promise<unknown>;

/** An event as it came, before anybody has read its body. */
export interface ReceivedEvent {
  readonly envelope: Envelope;
  readonly body: () => unknown;
}

/** An event that its schema does not know how to read; no further try can change that. */
export class UnreadableEventError extends Error {
  constructor(type: string, cause: unknown) {
    super(`The body is no ${type}: ${cause instanceof Error ? cause.message : String(cause)}`);
    this.name = 'UnreadableEventError';
  }
}

interface Batch {
  readonly types: ReadonlySet<string>;
  readonly handle: BatchHandler;
}

interface ReadEvent extends EventInBatch {
  readonly type: string;
}

/** The handlers of one service, by the full name of the event type. */
export class EventHandlers {
  private readonly schemas = new Map<string, DescMessage>();
  private readonly contexts = new Set<string>();
  private readonly singles = new Map<string, EventHandler[]>();
  private readonly batches: Batch[] = [];

  /** Adds a handler that takes one event at a time. */
  add(schema: DescMessage, handler: EventHandler): void {
    this.learn(schema);
    this.singles.set(schema.typeName, [...(this.singles.get(schema.typeName) ?? []), handler]);
  }

  /** Adds a handler that takes all events of a transaction at once. */
  addBatch(schemas: readonly DescMessage[], handle: BatchHandler): void {
    for (const schema of schemas) this.learn(schema);
    this.batches.push({ types: new Set(schemas.map(({ typeName }) => typeName)), handle });
  }

  get isEmpty(): boolean {
    return this.schemas.size === 0;
  }

  /**
   * Whether progress is kept for streams of this context. It is kept for all events of a context of which any type
   * is handled: only then is a hole in a stream told from an event that nobody here wants.
   */
  follows(context: string): boolean {
    return this.contexts.has(context);
  }

  /** Runs every handler of these events, in their order, within one transaction; skips what nobody wants. */
  async handle(
    tenantId: string,
    received: readonly ReceivedEvent[],
    tx: Transaction,
  ): Promise<void> {
    const events = received.flatMap((each) => this.read(each));
    for (const event of events) {
      for (const handler of this.singles.get(event.type) ?? []) {
        await traced(event, (meta) => handler(event.event, { ...event, meta, tenantId, tx }));
      }
    }
    for (const { types, handle } of this.batches) {
      const own = events.filter(({ type }) => types.has(type));
      const first = own[0];
      if (first !== undefined) await traced(first, () => handle(own, { tenantId, tx }));
    }
  }

  private learn(schema: DescMessage): void {
    this.schemas.set(schema.typeName, schema);
    this.contexts.add(contextOf(schema.typeName));
  }

  private read({ envelope, body }: ReceivedEvent): ReadEvent[] {
    const schema = this.schemas.get(envelope.type);
    if (schema === undefined) return [];
    const { type, streamId, version, eventId, occurredAt } = envelope;
    const { correlationId = eventId, traceparent } = envelope.meta;
    const meta = { correlationId, causationId: eventId, traceparent };
    return [{ type, streamId, version, eventId, occurredAt, meta, event: bodyOf(schema, body) }];
  }
}

function bodyOf(schema: DescMessage, body: () => unknown): Message {
  try {
    return fromJson(schema, body() as never, { ignoreUnknownFields: true });
  } catch (error) {
    throw new UnreadableEventError(schema.typeName, error);
  }
}

function traced(
  { type, meta }: ReadEvent,
  work: (meta: EventContext['meta']) => Promise<unknown>,
): Promise<unknown> {
  const attributes = { 'messaging.system': 'nats', 'messaging.operation': 'process' };
  const options = { kind: SpanKind.CONSUMER, parent: meta.traceparent, attributes };
  return inSpan(`on ${type}`, options, (traceparent) => work({ ...meta, traceparent }));
}
