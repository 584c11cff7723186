import {
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { MessagingModule, RpcClient } from '@overture/messaging';
import { EdgesProvider, LinkedInProvider } from '@overture/providers';
import type { ServiceContext } from '@overture/service-kit';
import { OwnerPresence } from './adapters/owner-presence.js';
import { ProviderHand } from './adapters/provider-hand.js';
import { publishSender } from './adapters/publish-sender.js';
import { RpcAuthorisation, RpcConversationSync } from './adapters/rpc-ports.js';
import { SqlAttemptRows } from './adapters/sql-attempt-rows.js';
import { SqlJobRows } from './adapters/sql-job-rows.js';
import { SenderDeps } from './app/sender-deps.js';
import type { senderSettings } from './settings.js';
import { AttemptLoop } from './transport/attempt.loop.js';
import { InboxController } from './transport/inbox.controller.js';
import { JobsController } from './transport/jobs.controller.js';
import { SenderController } from './transport/sender.controller.js';

type Context = ServiceContext<typeof senderSettings>;

@Module({})
export class SenderModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly presence: OwnerPresence,
    private readonly provider: LinkedInProvider,
  ) {}

  static for(context: Context): DynamicModule {
    const { name, config, database, nats, logger } = context;
    const presence = new OwnerPresence(database, logger);
    const provider = new EdgesProvider({
      baseUrl: config.EDGES_BASE_URL,
      apiKey: config.EDGES_API_KEY,
    });
    return {
      module: SenderModule,
      imports: [
        MessagingModule.forService({ service: name, database, nats, publish: publishSender }),
      ],
      controllers: [InboxController, SenderController, JobsController],
      providers: [
        { provide: OwnerPresence, useValue: presence },
        { provide: LinkedInProvider, useValue: provider },
        {
          provide: SenderDeps,
          inject: [RpcClient],
          useFactory: (rpc: RpcClient) => senderDeps(context, { presence, provider, rpc }),
        },
        AttemptLoop,
      ],
    };
  }

  onApplicationBootstrap(): Promise<void> {
    return this.presence.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.presence.stop();
    await this.provider.close();
  }
}

interface Parts {
  readonly presence: OwnerPresence;
  readonly provider: LinkedInProvider;
  readonly rpc: RpcClient;
}

function senderDeps(
  { config, database, clock }: Context,
  { presence, provider, rpc }: Parts,
): SenderDeps {
  return {
    database,
    clock,
    attempts: new SqlAttemptRows(presence),
    jobs: new SqlJobRows(presence),
    sync: new RpcConversationSync(rpc),
    campaign: new RpcAuthorisation(rpc),
    linkedIn: new ProviderHand({ provider, clock, fingerprintKey: config.FINGERPRINT_KEY }),
  };
}
