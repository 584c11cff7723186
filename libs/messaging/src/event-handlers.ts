import { fromJson, type DescMessage, type Message, type MessageShape } from '@bufbuild/protobuf';
import type { Transaction } from '@overture/event-store';
import type { EventContext } from './contexts.js';
import type { Envelope } from './envelope.js';
import { contextOf } from './subjects.js';
import { inSpan, SpanKind } from './tracing.js';

export type EventHandler<S extends DescMessage = DescMessage> = (
  event: MessageShape<S>,
  context: EventContext,
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

interface HandledType {
  readonly schema: DescMessage;
  readonly handlers: EventHandler[];
}

/** The handlers of one service, by the full name of the event type. */
export class EventHandlers {
  private readonly types = new Map<string, HandledType>();
  private readonly contexts = new Set<string>();

  add<S extends DescMessage>(schema: S, handler: EventHandler<S>): void {
    const { handlers } = this.types.get(schema.typeName) ?? this.learn(schema);
    handlers.push(handler as EventHandler);
  }

  get isEmpty(): boolean {
    return this.types.size === 0;
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
    for (const { envelope, body } of received) {
      const type = this.types.get(envelope.type);
      if (type === undefined) continue;
      const event = read(type.schema, body);
      for (const handler of type.handlers) {
        await traced(envelope, (meta) => handler(event, { ...envelope, tenantId, meta, tx }));
      }
    }
  }

  private learn(schema: DescMessage): HandledType {
    const type = { schema, handlers: [] };
    this.types.set(schema.typeName, type);
    this.contexts.add(contextOf(schema.typeName));
    return type;
  }
}

function read(schema: DescMessage, body: () => unknown): Message {
  try {
    return fromJson(schema, body() as never, { ignoreUnknownFields: true });
  } catch (error) {
    throw new UnreadableEventError(schema.typeName, error);
  }
}

function traced(
  { type, eventId, meta: { correlationId = eventId, traceparent: parent } }: Envelope,
  work: (meta: EventContext['meta']) => Promise<unknown>,
): Promise<unknown> {
  const attributes = { 'messaging.system': 'nats', 'messaging.operation': 'process' };
  return inSpan(`on ${type}`, { kind: SpanKind.CONSUMER, parent, attributes }, (traceparent) =>
    work({ correlationId, causationId: eventId, traceparent }),
  );
}
