import { fromJson, type DescMessage, type Message } from '@bufbuild/protobuf';
import type { EventContext } from './contexts.js';
import type { Envelope } from './envelope.js';
import { contextOf } from './subjects.js';
import { inSpan, SpanKind } from './tracing.js';

export type EventHandler = (event: Message, context: EventContext) => Promise<unknown>;

interface Registered {
  readonly schema: DescMessage;
  readonly handlers: EventHandler[];
}

/** An event that its schema does not know how to read; no further try can change that. */
export class UnreadableEventError extends Error {
  constructor(type: string, cause: unknown) {
    super(`The body is no ${type}: ${cause instanceof Error ? cause.message : String(cause)}`);
    this.name = 'UnreadableEventError';
  }
}

/** The handlers of one service, by the full name of the event type. */
export class EventHandlers {
  private readonly byType = new Map<string, Registered>();
  private readonly contexts = new Set<string>();

  add(schema: DescMessage, handler: EventHandler): void {
    const registered = this.byType.get(schema.typeName) ?? { schema, handlers: [] };
    registered.handlers.push(handler);
    this.byType.set(schema.typeName, registered);
    this.contexts.add(contextOf(schema.typeName));
  }

  get isEmpty(): boolean {
    return this.byType.size === 0;
  }

  /**
   * Whether progress is kept for streams of this context. It is kept for all events of a context of which any type
   * is handled: only then is a hole in a stream told from an event that nobody here wants.
   */
  follows(context: string): boolean {
    return this.contexts.has(context);
  }

  wants(type: string): boolean {
    return this.byType.has(type);
  }

  /** Runs every handler of the event's type, one after another; does nothing for a type nobody wants. */
  async handle(
    { type, meta }: Pick<Envelope, 'type' | 'meta'>,
    body: unknown,
    context: EventContext,
  ): Promise<void> {
    const registered = this.byType.get(type);
    if (registered === undefined) return;
    const event = readBody(registered.schema, body);
    const attributes = { 'messaging.system': 'nats', 'messaging.operation': 'process' };
    const options = { kind: SpanKind.CONSUMER, parent: meta.traceparent, attributes };
    await inSpan(`on ${registered.schema.name}`, options, async (traceparent) => {
      const own = { ...context, meta: { ...context.meta, traceparent } };
      for (const handler of registered.handlers) await handler(event, own);
    });
  }
}

function readBody(schema: DescMessage, body: unknown): Message {
  try {
    return fromJson(schema, body as never, { ignoreUnknownFields: true });
  } catch (error) {
    throw new UnreadableEventError(schema.typeName, error);
  }
}
