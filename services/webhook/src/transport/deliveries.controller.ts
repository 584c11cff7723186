import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  WebhookService,
  type EndpointIdRequest,
  type ListDeliveriesRequest,
  type ListEventsRequest,
  type ReplayDeliveriesRequest,
} from '@overture/contracts';
import { instant } from '@overture/kernel';
import { Command, type CommandContext } from '@overture/messaging';
import { pageOf, pageSize } from '@overture/service-kit';
import { sendTestEvent } from '../app/send-test-event.js';
import { WebhookDeps } from '../app/webhook-deps.js';
import { DeliveryLoop } from './delivery.loop.js';
import { deliveryMessage } from './endpoint-message.js';

@Controller()
export class DeliveriesController {
  constructor(
    private readonly deps: WebhookDeps,
    private readonly loop: DeliveryLoop,
  ) {}

  @Command(WebhookService.method.testEndpoint)
  async testEndpoint(
    @Payload() { endpointId }: EndpointIdRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const view = await sendTestEvent(this.deps, { tenantId, endpointId });
    return { ...view, deliveryId: view.eventId, deliveredAt: view.deliveredAt ?? '' };
  }

  @Command(WebhookService.method.listDeliveries)
  async listDeliveries(
    @Payload() request: ListDeliveriesRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const { endpointId, status, cursor: after } = request;
    const limit = pageSize(request.limit);
    const { database, deliveries } = this.deps;
    const rows = await database.tenant(tenantId, (tx) =>
      deliveries.page(tx, { tenantId, endpointId }, { status, after, limit: limit + 1 }),
    );
    const { items, nextCursor } = pageOf(rows, limit, ({ position }) => String(position));
    return { deliveries: items.map(deliveryMessage), nextCursor };
  }

  @Command(WebhookService.method.getDeliveryStats)
  getDeliveryStats(
    @Payload() { endpointId }: EndpointIdRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const { database, deliveries } = this.deps;
    return database.tenant(tenantId, (tx) => deliveries.stats(tx, { tenantId, endpointId }));
  }

  @Command(WebhookService.method.replayDeliveries)
  async replayDeliveries(
    @Payload() request: ReplayDeliveriesRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const { endpointId, eventId } = request;
    const since = request.since ? instant(request.since) : undefined;
    const { database, deliveries, endpoints, clock } = this.deps;
    const of = { tenantId, endpointId };
    const count = await database.tenant(tenantId, async (tx) => {
      await endpoints.find(tx, of);
      return deliveries.replay(tx, of, { since, eventId, now: clock.now() });
    });
    this.loop.wake();
    return { deliveries: count };
  }

  @Command(WebhookService.method.listEvents)
  async listEvents(@Payload() request: ListEventsRequest, @Ctx() { tenantId }: CommandContext) {
    const limit = pageSize(request.limit);
    const { database, deliveries } = this.deps;
    if (request.cursor === 'latest') {
      // Who wants to hear of what comes asks where it begins.
      const last = await database.tenant(tenantId, (tx) => deliveries.lastEvent(tx, tenantId));
      return { events: [], nextCursor: String(last) };
    }
    const rows = await database.tenant(tenantId, (tx) =>
      deliveries.events(tx, tenantId, { after: request.cursor, limit }),
    );
    // A poller goes on from the last event it saw, also when there is no more for now.
    const nextCursor = String(rows.at(-1)?.position ?? request.cursor);
    const events = rows.map(({ eventId, type, occurredAt, payload }) => ({
      eventId,
      type,
      timestamp: occurredAt,
      payloadJson: payload,
    }));
    return { events, nextCursor };
  }
}
