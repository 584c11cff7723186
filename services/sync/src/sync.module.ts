import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { MessagingModule } from '@overture/messaging';
import { EdgesProvider, LinkedInProvider } from '@overture/providers';
import type { ServiceContext } from '@overture/service-kit';
import { ProviderReader } from './adapters/provider-reader.js';
import { publishSync } from './adapters/publish-sync.js';
import { SqlIdentityRows } from './adapters/sql-identity-rows.js';
import { SqlInvitationRows } from './adapters/sql-invitation-rows.js';
import { SqlReadRows } from './adapters/sql-read-rows.js';
import { SqlSightingRows } from './adapters/sql-sighting-rows.js';
import { SyncDeps } from './app/sync-deps.js';
import type { syncSettings } from './settings.js';
import { InboxController } from './transport/inbox.controller.js';
import { ReadingController } from './transport/reading.controller.js';
import { SweepLoop } from './transport/sweep.loop.js';
import { SyncController } from './transport/sync.controller.js';

@Module({})
export class SyncModule implements OnApplicationShutdown {
  constructor(private readonly provider: LinkedInProvider) {}

  static for({
    name,
    config,
    database,
    clock,
    nats,
  }: ServiceContext<typeof syncSettings>): DynamicModule {
    const provider = new EdgesProvider({
      baseUrl: config.EDGES_BASE_URL,
      apiKey: config.EDGES_API_KEY,
    });
    const deps: SyncDeps = {
      database,
      clock,
      identities: new SqlIdentityRows(),
      sightings: new SqlSightingRows(),
      invitations: new SqlInvitationRows(),
      reads: new SqlReadRows(),
      reader: new ProviderReader({ provider, clock, fingerprintKey: config.FINGERPRINT_KEY }),
    };
    return {
      module: SyncModule,
      imports: [
        MessagingModule.forService({ service: name, database, nats, publish: publishSync }),
      ],
      controllers: [SyncController, ReadingController, InboxController],
      providers: [
        { provide: SyncDeps, useValue: deps },
        { provide: LinkedInProvider, useValue: provider },
        SweepLoop,
      ],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.provider.close();
  }
}
