import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { ActionPlannedSchema } from '@overture/contracts';
import {
  createDatabase,
  Database,
  migrate,
  migrationSets,
  PostgresEventStore,
  provisionSchema,
} from '@overture/event-store';
import { fromMs } from '@overture/kernel';
import {
  Activity,
  EventHandlers,
  published,
  RpcClient,
  ServiceMessaging,
  type PublishMap,
  type Tuning,
} from '@overture/messaging';
import { startNats, type NatsServer } from '../../tools/lib/nats.mjs';
import { temporaryFolder } from '../../tools/lib/temporary.mjs';
import { withClient } from './harness.js';

export const tenantId = 'b7c1a2d0-5f0e-4c7a-9d5b-3c2f7b9a1e10';
export const type = 'ActionPlanned';
/** About 435 bytes on the wire, body and attributes. */
export const data = {
  actionId: '018f3c5e-0000-7000-8000-000000000001.3.0',
  step: 3,
  kind: 2,
  messageType: 'connection_request',
  requiresConnection: true,
  notBefore: '2026-03-04T09:15:00.000Z',
  zone: 'Europe/Lisbon',
  priority: 3,
};

const database = 'messaging';
const password = 'bench';

/** As every server of the reference figures: acknowledged publishes are written, and synced every two minutes. */
export async function benchNats() {
  const folder = temporaryFolder();
  const server = await startNats({ directory: join(folder, 'nats'), syncAlways: false });
  const remove = async () => {
    await server.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, remove };
}

/** The schemas of an owner and a follower of events, side by side in one database. */
export class MessagingBed {
  private constructor(
    private readonly url: (database?: string) => string,
    private readonly nats: NatsServer,
  ) {}

  static async make(url: (database?: string) => string, nats: NatsServer): Promise<MessagingBed> {
    await withClient(url(), (admin) => createDatabase(admin, database));
    const bed = new MessagingBed(url, nats);
    for (const schema of ['campaign', 'scheduler']) {
      const passwords = { owner: password, app: password };
      await withClient(url(database), (admin) => provisionSchema(admin, schema, passwords));
      const sets = migrationSets(['event-store', 'messaging']);
      await migrate({ url: bed.as(schema, 'owner'), schema, sets });
    }
    return bed;
  }

  as(schema: string, role: 'owner' | 'app'): string {
    const address = new URL(this.url(database));
    return Object.assign(address, { username: `${schema}_${role}`, password }).href;
  }

  open(schema: string): Database {
    const clock = { now: () => fromMs(Date.now()) };
    return new Database({ url: this.as(schema, 'app'), schema, applicationName: 'bench', clock });
  }

  /** Starts one service's messaging; `stop` ends it and its connections. */
  async start(
    service: string,
    { handlers = new EventHandlers(), publish, tuning }: ServiceOptions,
  ): Promise<RunningMessaging> {
    const connection = await connect({ servers: this.nats.url, inboxPrefix: `_INBOX_${service}` });
    const own = this.open(service);
    const activity = new Activity();
    const client = new RpcClient(connection, activity);
    const options = { service, database: own, nats: connection, publish, tuning };
    const messaging = new ServiceMessaging(options, activity, client);
    await messaging.start(handlers);
    const stop = async () => {
      await messaging.stop();
      await connection.close();
      await own.close();
    };
    return { activity, connection, database: own, store: new PostgresEventStore(own), stop };
  }
}

export interface RunningMessaging {
  readonly activity: Activity;
  readonly connection: NatsConnection;
  readonly database: Database;
  readonly store: PostgresEventStore;
  stop(): Promise<void>;
}

interface ServiceOptions {
  readonly handlers?: EventHandlers;
  readonly publish?: PublishMap;
  readonly tuning?: Partial<Tuning>;
}

export const publish: PublishMap = ({ streamId, data: stored, recordedAt }) =>
  published(ActionPlannedSchema, {
    ...stored,
    enrollment: { enrollmentId: streamId, campaignId: 'c-1', leadId: 'l-1', identityId: 'i-1' },
    at: recordedAt,
  });

export async function untilQuiet({ activity }: RunningMessaging): Promise<void> {
  while (activity.report().busy > 0) await new Promise((resolve) => setTimeout(resolve, 2));
}
