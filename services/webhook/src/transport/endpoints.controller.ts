import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  WebhookService,
  type CreateEndpointRequest,
  type EndpointIdRequest,
  type ListEndpointsRequest,
  type UpdateEndpointRequest,
} from '@overture/contracts';
import { Command, type CommandContext } from '@overture/messaging';
import { pageOf, pageSize } from '@overture/service-kit';
import {
  createEndpoint,
  deleteEndpoint,
  enableEndpoint,
  rotateSecret,
  updateEndpoint,
} from '../app/manage-endpoints.js';
import { WebhookDeps } from '../app/webhook-deps.js';
import { DeliveryLoop } from './delivery.loop.js';
import { endpointMessage, settingsOf } from './endpoint-message.js';

@Controller()
export class EndpointsController {
  constructor(
    private readonly deps: WebhookDeps,
    private readonly loop: DeliveryLoop,
  ) {}

  @Command(WebhookService.method.createEndpoint)
  async createEndpoint(
    @Payload() request: CreateEndpointRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const { endpoint, secret } = await createEndpoint(this.deps, tenantId, settingsOf(request));
    return { endpoint: endpointMessage(endpoint), secret };
  }

  @Command(WebhookService.method.getEndpoint)
  async getEndpoint(
    @Payload() { endpointId }: EndpointIdRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const { database, endpoints } = this.deps;
    const of = { tenantId, endpointId };
    return endpointMessage(await database.tenant(tenantId, (tx) => endpoints.find(tx, of)));
  }

  @Command(WebhookService.method.listEndpoints)
  async listEndpoints(
    @Payload() request: ListEndpointsRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const limit = pageSize(request.limit);
    const rows = await this.deps.database.tenant(tenantId, (tx) =>
      this.deps.endpoints.page(tx, tenantId, { after: request.cursor, limit: limit + 1 }),
    );
    const { items, nextCursor } = pageOf(rows, limit, ({ endpointId }) => endpointId);
    return { endpoints: items.map(endpointMessage), nextCursor };
  }

  @Command(WebhookService.method.updateEndpoint)
  async updateEndpoint(
    @Payload() request: UpdateEndpointRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const of = { tenantId, endpointId: request.endpointId };
    return endpointMessage(await updateEndpoint(this.deps, of, settingsOf(request)));
  }

  @Command(WebhookService.method.deleteEndpoint)
  async deleteEndpoint(
    @Payload() { endpointId }: EndpointIdRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    return endpointMessage(await deleteEndpoint(this.deps, { tenantId, endpointId }));
  }

  @Command(WebhookService.method.rotateSecret)
  async rotateSecret(
    @Payload() { endpointId }: EndpointIdRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const { endpoint, secret } = await rotateSecret(this.deps, { tenantId, endpointId });
    return { endpoint: endpointMessage(endpoint), secret };
  }

  @Command(WebhookService.method.enableEndpoint)
  async enableEndpoint(
    @Payload() { endpointId }: EndpointIdRequest,
    @Ctx() { tenantId }: CommandContext,
  ) {
    const endpoint = await enableEndpoint(this.deps, { tenantId, endpointId });
    this.loop.wake();
    return endpointMessage(endpoint);
  }
}
