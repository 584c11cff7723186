import { Body, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  DeliveryPageSchema,
  DeliverySchema,
  DeliveryStatsSchema,
  EndpointPageSchema,
  EndpointSchema,
  EndpointWithSecretSchema,
  ReplayDeliveriesResponseSchema,
  WebhookService,
} from '@overture/contracts';
import { Answers, Repeatable, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';
import { DeliveriesQuery, EndpointDto, ReplayDto } from './endpoint.dto.js';

const rpc = WebhookService.method;

@Resource('v1/webhook-endpoints', 'Webhooks')
export class WebhookEndpointsController {
  constructor(private readonly backend: Backend) {}

  @Post()
  @Route('Add an address that hears of events; its secret is shown once.', 'webhooks:write')
  @Repeatable()
  @Answers(EndpointWithSecretSchema, 201)
  create(@Body() body: EndpointDto, @From() caller: Caller) {
    return this.backend.ask(rpc.createEndpoint, plain(body), caller);
  }

  @Get()
  @Route('List the endpoints.', 'webhooks:read')
  @Answers(EndpointPageSchema)
  list(@Query() page: PageQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listEndpoints, plain(page), caller);
  }

  @Get(':endpointId')
  @Route('Read an endpoint.', 'webhooks:read')
  @Answers(EndpointSchema)
  get(@Param('endpointId', IdPipe) endpointId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getEndpoint, { endpointId }, caller);
  }

  @Put(':endpointId')
  @Route('Replace the settings of an endpoint.', 'webhooks:write')
  @Answers(EndpointSchema)
  update(
    @Param('endpointId', IdPipe) endpointId: string,
    @Body() body: EndpointDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.updateEndpoint, { endpointId, ...plain(body) }, caller);
  }

  @Delete(':endpointId')
  @Route('Remove an endpoint; nothing more is delivered to it.', 'webhooks:write')
  @Answers(EndpointSchema)
  remove(@Param('endpointId', IdPipe) endpointId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.deleteEndpoint, { endpointId }, caller);
  }

  @Post(':endpointId/test')
  @HttpCode(200)
  @Route('Send a test event.', 'webhooks:write')
  @Answers(DeliverySchema)
  test(@Param('endpointId', IdPipe) endpointId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.testEndpoint, { endpointId }, caller);
  }

  @Post(':endpointId/rotate-secret')
  @HttpCode(200)
  @Route('A new secret; both sign for 24 hours.', 'webhooks:write')
  @Repeatable()
  @Answers(EndpointWithSecretSchema)
  rotate(@Param('endpointId', IdPipe) endpointId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.rotateSecret, { endpointId }, caller);
  }

  @Post(':endpointId/enable')
  @HttpCode(200)
  @Route('Switch a disabled endpoint on again.', 'webhooks:write')
  @Answers(EndpointSchema)
  enable(@Param('endpointId', IdPipe) endpointId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.enableEndpoint, { endpointId }, caller);
  }

  @Post(':endpointId/replay')
  @HttpCode(200)
  @Route('Deliver events again, since a moment or just one.', 'webhooks:write')
  @Repeatable()
  @Answers(ReplayDeliveriesResponseSchema)
  replay(
    @Param('endpointId', IdPipe) endpointId: string,
    @Body() body: ReplayDto,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.replayDeliveries, { endpointId, ...plain(body) }, caller);
  }

  @Get(':endpointId/deliveries')
  @Route('Deliveries and how each try went.', 'webhooks:read')
  @Answers(DeliveryPageSchema)
  deliveries(
    @Param('endpointId', IdPipe) endpointId: string,
    @Query() query: DeliveriesQuery,
    @From() caller: Caller,
  ) {
    return this.backend.ask(rpc.listDeliveries, { endpointId, ...plain(query) }, caller);
  }

  @Get(':endpointId/stats')
  @Route('How many are pending, delivered and failed.', 'webhooks:read')
  @Answers(DeliveryStatsSchema)
  stats(@Param('endpointId', IdPipe) endpointId: string, @From() caller: Caller) {
    return this.backend.ask(rpc.getDeliveryStats, { endpointId }, caller);
  }
}
