import { Body, Get, Post, Query } from '@nestjs/common';
import { EventPageSchema, HookSchema, WebhookService } from '@overture/contracts';
import { Answers, Resource, Route } from '../http/api.js';
import { Backend } from '../http/backend.js';
import { From, type Caller } from '../http/caller.js';
import { PageQuery } from '../http/paging.js';
import { plain } from '../http/plain.js';
import { CreateHookDto } from './endpoint.dto.js';

const rpc = WebhookService.method;

@Resource('v1', 'Webhooks')
export class EventsController {
  constructor(private readonly backend: Backend) {}

  @Get('events')
  @Route('The events of the webhooks by polling: go on from nextCursor.', 'webhooks:read')
  @Answers(EventPageSchema)
  events(@Query() page: PageQuery, @From() caller: Caller) {
    return this.backend.ask(rpc.listEvents, plain(page), caller);
  }

  @Post('hooks')
  @Route("An address for a provider's callbacks; its secret is shown once.", 'webhooks:write')
  @Answers(HookSchema, 201)
  createHook(@Body() { provider }: CreateHookDto, @From() caller: Caller) {
    return this.backend.ask(rpc.createHook, { provider }, caller);
  }
}
