import { Injectable } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { DescMessage, DescMethodUnary } from '@bufbuild/protobuf';
import type { NatsConnection } from '@nats-io/nats-core';
import { isObservable, lastValueFrom } from 'rxjs';
import { EventHandlers } from './event-handlers.js';
import { ServiceMessaging } from './service-messaging.js';

/** Nest's transport: commands over core NATS, facts over JetStream. Use @Command and @OnEvent on controllers. */
@Injectable()
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  private readonly events = new EventHandlers();

  constructor(private readonly messaging: ServiceMessaging) {
    super();
  }

  override addHandler(
    pattern: unknown,
    handler: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    // Nest would chain handlers of one event and run them side by side; here they take turns in the transaction.
    if (isEventHandler) return this.addEventHandler(String(pattern), handler, extras);
    super.addHandler(pattern, handler, isEventHandler, extras);
    this.addCommandHandler(String(pattern), handler, extras);
  }

  listen(callback: (error?: unknown) => void): void {
    this.messaging.start(this.events).then(() => callback(), callback);
  }

  /** Takes nothing new and resolves when all work in flight has ended; the connection is the caller's to close. */
  close(): Promise<void> {
    return this.messaging.stop();
  }

  on(): void {
    throw new Error(
      'This transport has no events of its own; see status() of the NATS connection.',
    );
  }

  unwrap<T = NatsConnection>(): T {
    return this.messaging.nats as T;
  }

  private addEventHandler(
    typeName: string,
    handler: MessageHandler,
    { schemas = [] }: { schemas?: readonly DescMessage[] },
  ): void {
    const schema = schemas.find((each) => each.typeName === typeName);
    if (schema === undefined) throw new Error(`Use @OnEvent for "${typeName}", not @EventPattern.`);
    this.events.add(schema, async (event, context) =>
      settled(await handler(event, context as never)),
    );
  }

  private addCommandHandler(
    subject: string,
    handler: MessageHandler,
    { method }: Record<string, unknown>,
  ): void {
    if (method === undefined)
      throw new Error(`Use @Command for "${subject}", not @MessagePattern.`);
    this.messaging.serve({
      subject,
      method: method as DescMethodUnary,
      handle: async (request, context) =>
        settled(await handler(request, context)) as Promise<object>,
    });
  }
}

// With an interceptor or an error, Nest answers with an observable.
async function settled(result: unknown): Promise<unknown> {
  return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
}
