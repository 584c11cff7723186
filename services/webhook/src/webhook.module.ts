import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { KeyRing } from '@overture/event-store';
import { MessagingModule } from '@overture/messaging';
import { RealClock, type ServiceContext } from '@overture/service-kit';
import { HttpCaller } from './adapters/http-caller.js';
import { publishWebhook } from './adapters/publish-webhook.js';
import { readNotice } from './adapters/read-notice.js';
import { SecretSealer } from './adapters/sealed.js';
import { SqlDeliveries } from './adapters/sql-deliveries.js';
import { SqlEndpoints } from './adapters/sql-endpoints.js';
import { SqlHookRows } from './adapters/sql-hook-rows.js';
import type { IngestDeps } from './app/ingest.js';
import { WebhookDeps } from './app/webhook-deps.js';
import type { webhookSettings } from './settings.js';
import { DeliveriesController } from './transport/deliveries.controller.js';
import { DeliveryLoop } from './transport/delivery.loop.js';
import { EndpointsController } from './transport/endpoints.controller.js';
import { HooksController, INGEST_DEPS } from './transport/hooks.controller.js';
import { PartnerController } from './transport/partner.controller.js';

@Module({})
export class WebhookModule implements OnApplicationShutdown {
  constructor(private readonly caller: HttpCaller) {}

  static for({
    name,
    config,
    database,
    clock,
    nats,
  }: ServiceContext<typeof webhookSettings>): DynamicModule {
    const caller = new HttpCaller(
      { allowPrivate: config.ALLOW_PRIVATE_ENDPOINTS },
      new RealClock(),
    );
    const deps: WebhookDeps = {
      database,
      clock,
      endpoints: new SqlEndpoints(new SecretSealer(KeyRing.parse(config.SEAL_KEYS))),
      deliveries: new SqlDeliveries(),
      caller,
    };
    const ingestDeps: IngestDeps = { database, clock, hooks: new SqlHookRows(), readNotice };
    return {
      module: WebhookModule,
      imports: [
        MessagingModule.forService({ service: name, database, nats, publish: publishWebhook }),
      ],
      controllers: [EndpointsController, DeliveriesController, HooksController, PartnerController],
      providers: [
        { provide: WebhookDeps, useValue: deps },
        { provide: INGEST_DEPS, useValue: ingestDeps },
        { provide: HttpCaller, useValue: caller },
        DeliveryLoop,
      ],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.caller.close();
  }
}
