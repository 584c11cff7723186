import { create, fromJson, toJsonString, type DescMethodUnary } from '@bufbuild/protobuf';
import type { NatsConnection } from '@nats-io/nats-core';
import { commandSubject } from '@overture/messaging';

/** Plays a service for one method; gives what it was asked. NATS knows of it when this resolves. */
export async function playedBy<M extends DescMethodUnary>(
  nats: NatsConnection,
  method: M,
  answer: (request: never) => object,
): Promise<{ asked: unknown[]; stop: () => void }> {
  const asked: unknown[] = [];
  const subscription = nats.subscribe(commandSubject(method), {
    callback: (_error, message) => {
      const request = fromJson(method.input, message.json(), { ignoreUnknownFields: true });
      asked.push(request);
      const response = create(method.output, answer(request as never) as never);
      message.respond(toJsonString(method.output, response));
    },
  });
  // Whoever calls does so over another connection, which the server may read first.
  await nats.flush();
  return { asked, stop: () => subscription.unsubscribe() };
}
