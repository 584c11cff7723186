import { Module, type DynamicModule } from '@nestjs/common';
import { Activity } from './activity.js';
import { JetStreamStrategy } from './jet-stream-strategy.js';
import type { MessagingOptions } from './options.js';
import { RpcClient } from './rpc-client.js';
import { ServiceMessaging } from './service-messaging.js';

/** Gives a service RpcClient, Activity and the JetStreamStrategy its commands and event handlers run on. */
@Module({})
export class MessagingModule {
  static forService(options: MessagingOptions): DynamicModule {
    const activity = new Activity();
    const client = new RpcClient(options.nats, activity);
    const messaging = new ServiceMessaging(options, activity, client);
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: Activity, useValue: activity },
        { provide: RpcClient, useValue: client },
        { provide: ServiceMessaging, useValue: messaging },
        { provide: JetStreamStrategy, useValue: new JetStreamStrategy(messaging) },
      ],
      exports: [Activity, RpcClient, JetStreamStrategy, ServiceMessaging],
    };
  }
}
