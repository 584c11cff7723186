import type { NatsConnection } from '@nats-io/nats-core';
import type { Activity } from './activity.js';
import type { EventHandlers } from './event-handlers.js';
import { defaultTuning, type MessagingOptions, type Tuning } from './options.js';
import type { RpcClient } from './rpc-client.js';
import { RpcServer, type Route } from './rpc-server.js';
import { Topology } from './topology.js';

/** All of a service's messaging, started and stopped as one. */
export class ServiceMessaging {
  private readonly routes: Route[] = [];
  protected readonly tuning: Tuning;
  private rpc: RpcServer | undefined;

  constructor(
    private readonly options: MessagingOptions,
    private readonly activity: Activity,
    readonly client: RpcClient,
  ) {
    this.tuning = { ...defaultTuning, ...options.tuning };
  }

  get nats(): NatsConnection {
    return this.options.nats;
  }

  /** Adds a route; it is answered from `start` on. */
  serve(route: Route): void {
    this.routes.push(route);
  }

  async start(_handlers: EventHandlers): Promise<void> {
    const { service, nats } = this.options;
    const topology = await Topology.of(service, nats);
    await topology.ensureStream();
    this.rpc = new RpcServer(service, nats, this.activity);
    for (const route of this.routes) this.rpc.serve(route);
    await nats.flush();
  }

  async stop(): Promise<void> {
    await this.rpc?.close();
  }
}
