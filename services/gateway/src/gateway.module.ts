import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database, KeyRing } from '@overture/event-store';
import { Clock } from '@overture/kernel';
import { MessagingModule } from '@overture/messaging';
import type { ServiceContext } from '@overture/service-kit';
import { DataSource } from 'typeorm';
import { SqlAuditTrail } from './adapters/sql-audit-trail.js';
import { dataSourceOptions, TenantDataSource } from './adapters/tenant-data-source.js';
import { TypeormAccess } from './adapters/typeorm-access.js';
import { TypeormIdempotencyRecords } from './adapters/typeorm-idempotency-records.js';
import { AuditLog } from './app/audit-log.js';
import { Authenticator } from './app/authenticator.js';
import { Idempotency } from './app/idempotency.js';
import { AccessDeps } from './app/manage-access.js';
import { Access, AuditTrail, IdempotencyRecords } from './app/ports.js';
import { RateLimiter } from './app/rate-limiter.js';
import type { gatewaySettings } from './settings.js';
import { CorrectionsController } from './transport/by-hand/corrections.controller.js';
import { DraftsController } from './transport/by-hand/drafts.controller.js';
import { CampaignsController } from './transport/campaigns/campaigns.controller.js';
import {
  EnrichCampaignController,
  EnrichLeadController,
} from './transport/enrichments/enrich.controller.js';
import { EnrichmentsController } from './transport/enrichments/enrichments.controller.js';
import { ExplainController } from './transport/explain/explain.controller.js';
import { ForecastController } from './transport/explain/forecast.controller.js';
import { QueueController } from './transport/companion/queue.controller.js';
import { SightingsController } from './transport/companion/sightings.controller.js';
import { QueueReader } from './transport/companion/queue-reader.js';
import { Backend } from './transport/http/backend.js';
import { IdentitiesController } from './transport/identities/identities.controller.js';
import { IMPORT_LIMITS, ImportsController } from './transport/imports/imports.controller.js';
import { ActionsController } from './transport/leads/actions.controller.js';
import { CampaignLeadsController } from './transport/leads/campaign-leads.controller.js';
import { DoNotContactController } from './transport/leads/do-not-contact.controller.js';
import { LeadChangesController } from './transport/leads/lead-changes.controller.js';
import { LeadExportController } from './transport/leads/lead-export.controller.js';
import { LeadRulesController } from './transport/leads/lead-rules.controller.js';
import { LeadsController } from './transport/leads/leads.controller.js';
import { MoveAcceptedController } from './transport/leads/move-accepted.controller.js';
import { LimitsController } from './transport/limits/limits.controller.js';
import { LiveController } from './transport/live/live.controller.js';
import { PartnerFeed } from './transport/live/partner-feed.js';
import { DeadLettersController } from './transport/operations/dead-letters.controller.js';
import { Housekeeping } from './transport/operations/housekeeping.js';
import { HooksController } from './transport/source/hooks.controller.js';
import { SearchesController } from './transport/searches/searches.controller.js';
import { SequencesController } from './transport/sequences/sequences.controller.js';
import { CampaignSegmentsController } from './transport/segments/campaign-segments.controller.js';
import { SegmentsController } from './transport/segments/segments.controller.js';
import { TagsController } from './transport/segments/tags.controller.js';
import { SendMessagesController } from './transport/source/send-messages.controller.js';
import { CRON_SECRET, TickController } from './transport/source/tick.controller.js';
import { CampaignTextsController } from './transport/texts/campaign-texts.controller.js';
import { TemplatesController } from './transport/texts/templates.controller.js';
import { EventsController } from './transport/webhooks/events.controller.js';
import { WebhookEndpointsController } from './transport/webhooks/webhook-endpoints.controller.js';
import { ApiKeysController } from './transport/workspaces/api-keys.controller.js';
import { AuditLogController } from './transport/workspaces/audit-log.controller.js';
import { WorkspacesController } from './transport/workspaces/workspaces.controller.js';

type Context = ServiceContext<typeof gatewaySettings>;

@Module({})
export class GatewayModule {
  static for({ name, config, database, nats }: Context): DynamicModule {
    const url = (config as unknown as Record<string, string>)['GATEWAY_DATABASE_URL'] ?? '';
    return {
      module: GatewayModule,
      imports: [
        TypeOrmModule.forRoot(dataSourceOptions(url, name)),
        MessagingModule.forService({ service: name, database, nats }),
      ],
      controllers,
      providers: [
        ...stores(name),
        ...useCases(config),
        Backend,
        QueueReader,
        PartnerFeed,
        Housekeeping,
      ],
    };
  }
}

const controllers = [
  CampaignsController,
  SequencesController,
  CampaignLeadsController,
  CampaignSegmentsController,
  SegmentsController,
  TagsController,
  DraftsController,
  CorrectionsController,
  ImportsController,
  SearchesController,
  EnrichLeadController,
  EnrichCampaignController,
  EnrichmentsController,
  LeadExportController,
  LeadsController,
  LeadChangesController,
  LeadRulesController,
  MoveAcceptedController,
  ActionsController,
  DoNotContactController,
  ExplainController,
  ForecastController,
  CampaignTextsController,
  TemplatesController,
  IdentitiesController,
  LimitsController,
  WebhookEndpointsController,
  EventsController,
  LiveController,
  DeadLettersController,
  WorkspacesController,
  ApiKeysController,
  AuditLogController,
  SendMessagesController,
  QueueController,
  SightingsController,
  TickController,
  HooksController,
];

function stores(schema: string): Provider[] {
  const over = <T>(provide: unknown, make: (data: TenantDataSource) => T): Provider => ({
    provide: provide as string,
    useFactory: make,
    inject: [TenantDataSource],
  });
  return [
    {
      provide: TenantDataSource,
      useFactory: (source: DataSource) => new TenantDataSource(source, schema),
      inject: [DataSource],
    },
    over(Access, (data) => new TypeormAccess(data)),
    over(IdempotencyRecords, (data) => new TypeormIdempotencyRecords(data)),
    {
      provide: AuditTrail,
      useFactory: (database: Database) => new SqlAuditTrail(database),
      inject: [Database],
    },
  ];
}

function useCases(config: Context['config']): Provider[] {
  return [
    {
      provide: Authenticator,
      useFactory: (access: Access, clock: Clock) => new Authenticator(access, clock),
      inject: [Access, Clock],
    },
    {
      provide: AccessDeps,
      useFactory: (access: Access, clock: Clock): AccessDeps => ({
        access,
        clock,
        environment: config.KEY_ENVIRONMENT,
      }),
      inject: [Access, Clock],
    },
    {
      provide: Idempotency,
      useFactory: (records: IdempotencyRecords, clock: Clock) =>
        new Idempotency(records, KeyRing.parse(config.SEAL_KEYS), clock),
      inject: [IdempotencyRecords, Clock],
    },
    {
      provide: AuditLog,
      useFactory: (trail: AuditTrail) => new AuditLog(trail),
      inject: [AuditTrail],
    },
    { provide: RateLimiter, useFactory: () => new RateLimiter(config.RATE_LIMIT_PER_MINUTE) },
    { provide: CRON_SECRET, useValue: config.CRON_SECRET },
    {
      provide: IMPORT_LIMITS,
      useValue: { bytesMax: config.IMPORT_BYTES_MAX, rowsMax: config.IMPORT_ROWS_MAX },
    },
  ];
}
