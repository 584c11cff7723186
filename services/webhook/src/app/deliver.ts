import type { Instant } from '@overture/kernel';
import type { DeliveryResult, HeldDelivery, OpenEndpoint, InFlight } from './ports.js';
import { verdictOf } from './retry-policy.js';
import type { WebhookDeps } from './webhook-deps.js';

export interface TakenDelivery {
  readonly delivery: HeldDelivery;
  readonly endpoint: OpenEndpoint;
}

/** Takes what is due, with the endpoints it goes to, and says when there will be more. */
export function takeDeliveries(
  { database, deliveries, endpoints, clock }: WebhookDeps,
  busy: readonly InFlight[],
): Promise<{ taken: TakenDelivery[]; nextDueAt: Instant | undefined }> {
  return database.worker(async (tx) => {
    const now = clock.now();
    const held = await deliveries.takeDue(tx, now, busy);
    const open = await endpoints.open(tx, held, now);
    const byId = new Map(open.map((endpoint) => [endpoint.endpointId, endpoint]));
    const taken = held.flatMap((delivery) => {
      const endpoint = byId.get(delivery.endpointId);
      return endpoint ? [{ delivery, endpoint }] : [];
    });
    return { taken, nextDueAt: await deliveries.nextDueAt(tx, now) };
  });
}

/** One attempt at one delivery, with what follows from it. */
export async function attemptDelivery(
  { caller, clock }: WebhookDeps,
  { delivery, endpoint }: TakenDelivery,
): Promise<DeliveryResult> {
  const answer = await caller.deliver(endpoint, delivery);
  const at = clock.now();
  return { delivery, answer, at, verdict: verdictOf(delivery, answer, at) };
}
