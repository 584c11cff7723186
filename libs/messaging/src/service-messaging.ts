import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Activity } from './activity.js';
import type { EventHandlers } from './event-handlers.js';
import { Following } from './following.js';
import { opsRoutes } from './ops-routes.js';
import { defaultTuning, type MessagingOptions } from './options.js';
import { Ownership } from './ownership.js';
import { Publishing } from './publishing.js';
import type { RpcClient } from './rpc-client.js';
import { RpcServer, type Route } from './rpc-server.js';
import { Topology } from './topology.js';

/** All of a service's messaging, started and stopped as one. */
export class ServiceMessaging {
  private readonly logger = new Logger('Messaging');
  private readonly routes: Route[] = [];
  private rpc: RpcServer | undefined;
  private ownership: Ownership | undefined;
  private publishing: Publishing | undefined;
  private following: Following | undefined;

  constructor(
    private readonly options: MessagingOptions,
    private readonly activity: Activity,
    private readonly client: RpcClient,
  ) {}

  get nats(): NatsConnection {
    return this.options.nats;
  }

  /** Adds a route; it is answered from `start` on. */
  serve(route: Route): void {
    this.routes.push(route);
  }

  async start(handlers: EventHandlers): Promise<void> {
    const { service, nats, publish, database } = this.options;
    const tuning = { ...defaultTuning, ...this.options.tuning };
    const topology = await Topology.of(service, nats);
    const ownership = new Ownership(database, tuning);
    const inboxPrefix = `_INBOX_${service}`;
    const { activity, client } = this;
    const parts = { ...this.options, tuning, activity, client, topology, ownership, inboxPrefix };
    if (publish !== undefined) this.publishing = new Publishing(parts, publish);
    if (!handlers.isEmpty) this.following = new Following(parts, handlers);
    this.rpc = new RpcServer(service, nats, activity);
    const ops = { service, database, publish, ...this.following?.ops };
    for (const route of [...this.routes, ...opsRoutes(ops)]) this.rpc.serve(route);
    await nats.flush();
    if (!this.publishing && !this.following) return;
    this.ownership = ownership;
    await topology.ensureStream();
    await ownership.start([this.publishing, this.following].filter((part) => part !== undefined));
    void this.watchConnection();
  }

  /** Takes nothing new, finishes what is in flight, gives the partitions to others. */
  async stop(): Promise<void> {
    for (const part of [this.rpc, this.ownership, this.following, this.publishing]) {
      // What cannot end well, because its connection is gone, must not keep the others from ending.
      await part?.stop().catch((error: unknown) => this.logger.warn(error));
    }
  }

  private async watchConnection(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type !== 'reconnect') continue;
      this.publishing?.reconnected();
      this.following?.reconnected();
    }
  }
}
