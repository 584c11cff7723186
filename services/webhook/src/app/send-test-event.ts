import { randomUUID } from 'node:crypto';
import { testEventType } from '../partner-event-types.js';
import type { DeliveryView, EndpointKey } from './ports.js';
import type { WebhookDeps } from './webhook-deps.js';

/** Sends one test event at once, outside the queue, and says what came back (F105). */
export async function sendTestEvent(
  deps: WebhookDeps,
  of: EndpointKey,
): Promise<Omit<DeliveryView, 'position'>> {
  const now = deps.clock.now();
  const endpoint = await deps.database.tenant(of.tenantId, async (tx) => {
    await deps.endpoints.find(tx, of);
    const [open] = await deps.endpoints.open(tx, [of], now);
    return open;
  });
  const eventId = randomUUID();
  const data = { workspaceId: of.tenantId, endpointId: of.endpointId };
  const payload = JSON.stringify({ type: testEventType, timestamp: now, data });
  const answer = endpoint
    ? await deps.caller.deliver(endpoint, { eventId, payload })
    : { statusCode: 0, errorClass: 'disabled' };
  const delivered = answer.errorClass === '';
  return {
    endpointId: of.endpointId,
    eventId,
    eventType: testEventType,
    leadId: '',
    sequence: 0,
    status: delivered ? 'delivered' : 'failed',
    attempts: 1,
    nextAttemptAt: now,
    lastStatusCode: answer.statusCode,
    lastError: answer.errorClass,
    createdAt: now,
    deliveredAt: delivered ? now : null,
  };
}
