import { Module, type DynamicModule } from '@nestjs/common';
import { KeyRing, PersonKeys } from '@overture/event-store';
import { MessagingModule, RpcClient } from '@overture/messaging';
import type { ServiceContext } from '@overture/service-kit';
import { KeyedNames } from './adapters/keyed-names.js';
import { publish } from './adapters/publish.js';
import { SchedulerOutlooks } from './adapters/scheduler-outlooks.js';
import { SqlCampaigns } from './adapters/sql-campaigns.js';
import { SqlColleagueStops } from './adapters/sql-colleague-stops.js';
import { SqlDrafts } from './adapters/sql-drafts.js';
import { SqlDoNotContact } from './adapters/sql-do-not-contact.js';
import { SqlEnrollments } from './adapters/sql-enrollments.js';
import { SqlEnrichments } from './adapters/sql-enrichments.js';
import { SqlFanOuts } from './adapters/sql-fan-outs.js';
import { SqlGates } from './adapters/sql-gates.js';
import { SqlIdentities } from './adapters/sql-identities.js';
import { SqlIntents } from './adapters/sql-intents.js';
import { SqlImports } from './adapters/sql-imports.js';
import { SqlLeadRules } from './adapters/sql-lead-rules.js';
import { SqlLeadTags } from './adapters/sql-lead-tags.js';
import { SqlLeads } from './adapters/sql-leads.js';
import { SqlSearches } from './adapters/sql-searches.js';
import { SqlSegments } from './adapters/sql-segments.js';
import { SqlTemplates } from './adapters/sql-templates.js';
import { SqlTexts } from './adapters/sql-texts.js';
import { SqlPersons } from './adapters/sql-persons.js';
import { SqlViews } from './adapters/sql-views.js';
import { SyncPeopleSearch } from './adapters/sync-people-search.js';
import { SyncProfiles } from './adapters/sync-profiles.js';
import { SyncRelations } from './adapters/sync-relations.js';
import { Ports } from './app/ports.js';
import { WorkAhead } from './app/work-ahead.js';
import type { campaignSettings } from './settings.js';
import { ActionsController } from './transport/actions.controller.js';
import { DoNotContactController } from './transport/do-not-contact.controller.js';
import { ByHandController } from './transport/by-hand.controller.js';
import { CampaignsController } from './transport/campaigns.controller.js';
import { EnrichmentsController } from './transport/enrichments.controller.js';
import { ExplainController } from './transport/explain.controller.js';
import { ForecastController } from './transport/forecast.controller.js';
import { HistoryController } from './transport/history.controller.js';
import { ImportsController } from './transport/imports.controller.js';
import { LeadController } from './transport/lead.controller.js';
import { LeadsController } from './transport/leads.controller.js';
import { ProcessLoops } from './transport/process.loops.js';
import { SearchesController } from './transport/searches.controller.js';
import { SegmentsController } from './transport/segments.controller.js';
import { SenderInboxController } from './transport/sender-inbox.controller.js';
import { SequencesController } from './transport/sequences.controller.js';
import { SyncInboxController } from './transport/sync-inbox.controller.js';
import { TextsController } from './transport/texts.controller.js';

type Context = ServiceContext<typeof campaignSettings>;

@Module({})
export class CampaignModule {
  static for(context: Context): DynamicModule {
    const { name, database, nats } = context;
    return {
      module: CampaignModule,
      imports: [MessagingModule.forService({ service: name, database, nats, publish })],
      controllers: [
        CampaignsController,
        SequencesController,
        ByHandController,
        ImportsController,
        SearchesController,
        EnrichmentsController,
        LeadsController,
        LeadController,
        SegmentsController,
        ActionsController,
        DoNotContactController,
        ExplainController,
        ForecastController,
        HistoryController,
        TextsController,
        SyncInboxController,
        SenderInboxController,
      ],
      providers: [
        {
          provide: Ports,
          inject: [RpcClient],
          useFactory: (rpc: RpcClient) =>
            makePorts(context, {
              relations: new SyncRelations(rpc),
              outlooks: new SchedulerOutlooks(rpc, context.clock),
              search: new SyncPeopleSearch(rpc),
              profiles: new SyncProfiles(rpc),
            }),
        },
        ProcessLoops,
      ],
    };
  }
}

/** Everything the use cases work with; tests and benchmarks bring answers of their own for other services. */
export function makePorts(
  { database, clock, config }: Pick<Context, 'database' | 'clock' | 'config'>,
  {
    relations,
    outlooks,
    search,
    profiles,
  }: Pick<Ports, 'relations' | 'outlooks' | 'search' | 'profiles'>,
): Ports {
  return {
    database,
    clock,
    personKeys: new PersonKeys(KeyRing.parse(config.SEAL_KEYS)),
    campaigns: new SqlCampaigns(),
    gates: new SqlGates(clock),
    identities: new SqlIdentities(),
    intents: new SqlIntents(),
    leads: new SqlLeads(),
    persons: new SqlPersons(),
    tags: new SqlLeadTags(),
    segments: new SqlSegments(),
    leadRules: new SqlLeadRules(),
    drafts: new SqlDrafts(),
    enrollments: new SqlEnrollments(database),
    views: new SqlViews(),
    imports: new SqlImports(database),
    searches: new SqlSearches(database),
    enrichments: new SqlEnrichments(database),
    doNotContact: new SqlDoNotContact(database),
    colleagueStops: new SqlColleagueStops(database),
    fanOuts: new SqlFanOuts(database),
    texts: new SqlTexts(),
    templates: new SqlTemplates(),
    names: new KeyedNames(config.FINGERPRINT_KEY),
    relations,
    outlooks,
    search,
    profiles,
    work: new WorkAhead(),
    rules: { syncAgeMsMax: config.CAMPAIGN_SYNC_AGE_MS },
  };
}
