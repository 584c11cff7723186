import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  WebhookService,
  type CreateHookRequest,
  type IngestProviderWebhookRequest,
} from '@overture/contracts';
import { Command, type CommandContext } from '@overture/messaging';
import { createHook, ingest, type IngestDeps } from '../app/ingest.js';

export const INGEST_DEPS = 'INGEST_DEPS';

@Controller()
export class HooksController {
  constructor(@Inject(INGEST_DEPS) private readonly deps: IngestDeps) {}

  @Command(WebhookService.method.createHook)
  createHook(@Payload() { provider }: CreateHookRequest, @Ctx() { tenantId }: CommandContext) {
    return createHook(this.deps, tenantId, provider);
  }

  /** The tenant comes from the token alone: whoever calls this has no credential of ours. */
  @Command(WebhookService.method.ingestProviderWebhook)
  ingestProviderWebhook(
    @Payload() request: IngestProviderWebhookRequest,
    @Ctx() { meta }: CommandContext,
  ) {
    return ingest(this.deps, request, meta);
  }
}
