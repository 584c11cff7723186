import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { ActionPlannedSchema } from '@overture/contracts';
import { Database, PostgresEventStore } from '@overture/event-store';
import {
  Activity,
  EventHandlers,
  published,
  RpcClient,
  ServiceMessaging,
  type PublishMap,
} from '@overture/messaging';
import type { NatsServer } from '../../../tools/lib/nats.mjs';
import type { Url } from './postgres.js';
import { serviceSchema, wallClock, type SchemaUrl } from './service-schema.js';

export type RunningMessaging = Awaited<ReturnType<MessagingBed['start']>>;

interface Side {
  readonly handlers?: EventHandlers;
  readonly publish?: PublishMap;
}

const database = 'messaging';

/** An owner of events and a follower: two services' schemas side by side in one database, and their messaging. */
export class MessagingBed {
  private constructor(
    private readonly nats: NatsServer,
    readonly urls: { readonly owner: SchemaUrl; readonly follower: SchemaUrl },
  ) {}

  static async make(url: Url, nats: NatsServer): Promise<MessagingBed> {
    const sets = ['event-store', 'messaging'];
    const owner = await serviceSchema(url, { database, schema: 'campaign', sets });
    const follower = await serviceSchema(url, { database, schema: 'scheduler', sets });
    return new MessagingBed(nats, { owner, follower });
  }

  startOwner(side: Side = {}): Promise<RunningMessaging> {
    return this.start('campaign', this.urls.owner, side);
  }

  startFollower(side: Side): Promise<RunningMessaging> {
    return this.start('scheduler', this.urls.follower, side);
  }

  private async start(
    service: string,
    url: SchemaUrl,
    { handlers = new EventHandlers(), publish }: Side,
  ) {
    const nats = await connect({ servers: this.nats.url, inboxPrefix: `_INBOX_${service}` });
    const options = {
      url: url('app'),
      schema: service,
      applicationName: 'bench',
      clock: wallClock,
    };
    const own = new Database(options);
    const activity = new Activity();
    const client = new RpcClient(nats, activity);
    const messaging = new ServiceMessaging(
      { service, database: own, nats, publish },
      activity,
      client,
    );
    await messaging.start(handlers);
    const untilQuiet = async () => {
      while (activity.report().busy > 0) await sleep(2);
    };
    const stop = async () => {
      await messaging.stop();
      await nats.close();
      await own.close();
    };
    return { store: new PostgresEventStore(own), untilQuiet, stop };
  }
}

/** Publishes the sample event. */
export const publish: PublishMap = ({ streamId, data: stored, recordedAt }) =>
  published(ActionPlannedSchema, {
    ...stored,
    enrollment: { enrollmentId: streamId, campaignId: 'c-1', leadId: 'l-1', identityId: 'i-1' },
    at: recordedAt,
  });
