import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Database, KeyRing } from '@overture/event-store';
import { instant, type Instant } from '@overture/kernel';
import { RealClock, standaloneVirtualClock, type VirtualClock } from '@overture/service-kit';
import { afterTests, freshDatabase } from '@overture/testing';
import { HttpCaller } from '../src/adapters/http-caller.js';
import { SecretSealer } from '../src/adapters/sealed.js';
import { SqlDeliveries } from '../src/adapters/sql-deliveries.js';
import { SqlEndpoints } from '../src/adapters/sql-endpoints.js';
import { attemptDelivery, takeDeliveries } from '../src/app/deliver.js';
import { createEndpoint } from '../src/app/manage-endpoints.js';
import type { EndpointKey, EndpointSettings, PartnerEvent } from '../src/app/ports.js';
import type { WebhookDeps } from '../src/app/webhook-deps.js';

export const start = instant('2026-03-02T09:00:00.000Z');
export const tenantId = randomUUID();

export interface World {
  readonly deps: WebhookDeps;
  readonly clock: VirtualClock;
  /** One round of the deliverer: take, call, record. Says how many were tried. */
  deliver(): Promise<number>;
  /** Rounds, letting time pass to whatever is due next, until nothing is. */
  deliverAll(): Promise<void>;
  publish(...events: PartnerEvent[]): Promise<void>;
  endpoint(
    settings: Partial<EndpointSettings> & { url: string },
  ): Promise<EndpointKey & { secret: string }>;
}

export async function world(): Promise<World> {
  const { services } = await freshDatabase(['webhook']);
  const clock = standaloneVirtualClock(start);
  const url = services['webhook']!.databaseUrl;
  const database = new Database({ url, schema: 'webhook', applicationName: 'test', clock });
  const caller = new HttpCaller({ allowPrivate: true }, new RealClock());
  afterTests(async () => {
    await caller.close();
    await database.close();
  });
  const ring = KeyRing.parse(`1:${Buffer.alloc(32, 7).toString('base64')}`);
  const endpoints = new SqlEndpoints(new SecretSealer(ring));
  const deps: WebhookDeps = { database, clock, endpoints, deliveries: new SqlDeliveries(), caller };
  const deliver = async (): Promise<number> => {
    const { taken } = await takeDeliveries(deps, []);
    const results = await Promise.all(taken.map((each) => attemptDelivery(deps, each)));
    await database.worker((tx) => deps.deliveries.record(tx, results));
    return taken.length;
  };
  return {
    deps,
    clock,
    deliver,
    deliverAll: () => untilNothingIsDue(deps, clock, deliver),
    publish: (...events) =>
      database.tenant(tenantId, (tx) => deps.deliveries.publish(tx, events, clock.now())),
    endpoint: async (settings) => {
      const full = {
        eventTypes: [],
        campaignIds: [],
        order: 'lead' as const,
        headers: {},
        description: '',
      };
      const { endpoint, secret } = await createEndpoint(deps, tenantId, { ...full, ...settings });
      return { tenantId, endpointId: endpoint.endpointId, secret };
    },
  };
}

async function untilNothingIsDue(
  deps: WebhookDeps,
  clock: VirtualClock,
  deliver: () => Promise<number>,
): Promise<void> {
  for (let round = 0; round < 500; round++) {
    if ((await deliver()) > 0) continue;
    const now = clock.now();
    const next = await deps.database.worker((tx) => deps.deliveries.nextDueAt(tx, now));
    if (next === undefined) return;
    clock.set({ mode: 'virtual', now: next });
  }
  throw new Error('Something is due for ever.');
}

let sequence = 0;

export function event(leadId: string, more: Partial<PartnerEvent> = {}): PartnerEvent {
  sequence++;
  const eventId = randomUUID();
  const base = {
    tenantId,
    eventId,
    type: 'lead.enrolled',
    orderKey: leadId,
    leadId,
    campaignId: 'c-1',
    sequence,
    occurredAt: start as Instant,
  };
  return {
    ...base,
    payload: JSON.stringify({ type: base.type, data: { leadId, sequence } }),
    ...more,
  };
}

export interface Received {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A partner's server that answers as the test says. */
export async function partner(
  answer: (request: Received, response: ServerResponse, nth: number) => void,
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void read(request).then((each) => {
      received.push(each);
      answer(each, response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterTests(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

async function read(request: IncomingMessage): Promise<Received> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const headers = request.headers as Record<string, string>;
  return { id: headers['webhook-id'] ?? '', headers, body };
}
