import type { Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';

/** A fact in the form partners receive. */
export interface PartnerEvent {
  readonly tenantId: string;
  readonly eventId: string;
  readonly type: string;
  readonly orderKey: string;
  readonly leadId: string;
  readonly campaignId: string;
  readonly sequence: number;
  readonly occurredAt: Instant;
  /** The exact text that is signed and sent. */
  readonly payload: string;
}

export interface EndpointKey {
  readonly tenantId: string;
  readonly endpointId: string;
}

export interface EndpointSettings {
  readonly url: string;
  /** Empty: all. */
  readonly eventTypes: readonly string[];
  readonly campaignIds: readonly string[];
  readonly order: 'lead' | 'none';
  readonly headers: Readonly<Record<string, string>>;
  readonly description: string;
}

export interface Endpoint extends EndpointKey, Omit<EndpointSettings, 'headers'> {
  readonly status: 'enabled' | 'disabled';
  readonly disabledBecause: string;
  readonly createdAt: Instant;
}

/** An endpoint with its secrets in clear: the newest first; two while a rotation overlaps. */
export interface OpenEndpoint extends Endpoint {
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

export interface Page {
  readonly after: string;
  readonly limit: number;
}

export abstract class Endpoints {
  abstract add(tx: Transaction, endpoint: OpenEndpoint): Promise<void>;
  abstract find(tx: Transaction, of: EndpointKey): Promise<Endpoint>;
  abstract page(tx: Transaction, tenantId: string, page: Page): Promise<Endpoint[]>;
  abstract change(tx: Transaction, of: EndpointKey, settings: EndpointSettings): Promise<void>;
  abstract setStatus(tx: Transaction, of: EndpointKey, status: EndpointStatus): Promise<void>;
  /** The former secret goes on signing until then. */
  abstract rotate(tx: Transaction, of: EndpointKey, rotation: Rotation): Promise<void>;
  /** With secrets, for the deliverer; across tenants. */
  abstract open(
    tx: Transaction,
    keys: readonly EndpointKey[],
    now: Instant,
  ): Promise<OpenEndpoint[]>;
}

export interface EndpointStatus {
  readonly status: 'enabled' | 'disabled' | 'deleted';
  readonly because: string;
}

export interface Rotation {
  readonly secret: string;
  readonly formerUntil: Instant;
}

/** A delivery in the hands of this process. */
export interface HeldDelivery extends EndpointKey {
  readonly position: number;
  readonly eventId: string;
  readonly payload: string;
  /** Attempts made before this one. */
  readonly attempts: number;
}

/** How many deliveries of an endpoint are in flight in this process. */
export interface InFlight extends EndpointKey {
  readonly inFlight: number;
}

export interface DeliveryView {
  readonly endpointId: string;
  readonly position: number;
  readonly eventId: string;
  readonly eventType: string;
  readonly leadId: string;
  readonly sequence: number;
  readonly status: string;
  readonly attempts: number;
  readonly nextAttemptAt: Instant;
  readonly lastStatusCode: number;
  readonly lastError: string;
  readonly createdAt: Instant;
  readonly deliveredAt: Instant | null;
}

export abstract class Deliveries {
  /** Numbers the events and makes a delivery for every endpoint that subscribed to each. */
  abstract publish(tx: Transaction, events: readonly PartnerEvent[], now: Instant): Promise<void>;
  /** Takes what is due, oldest first, no event of a lead before the lead's previous one is settled (P9). */
  abstract takeDue(
    tx: Transaction,
    now: Instant,
    busy: readonly InFlight[],
  ): Promise<HeldDelivery[]>;
  abstract nextDueAt(tx: Transaction, now: Instant): Promise<Instant | undefined>;
  abstract record(tx: Transaction, results: readonly DeliveryResult[]): Promise<void>;
  abstract page(
    tx: Transaction,
    of: EndpointKey,
    filter: { status: string } & Page,
  ): Promise<DeliveryView[]>;
  abstract stats(tx: Transaction, of: EndpointKey): Promise<DeliveryStats>;
  /** Delivers again: everything since, or one event. Also to an endpoint that is younger than the events. */
  abstract replay(tx: Transaction, of: EndpointKey, from: ReplayFrom): Promise<number>;
  abstract events(
    tx: Transaction,
    tenantId: string,
    page: Page,
  ): Promise<(PartnerEvent & { position: number })[]>;
  /** The position of the newest event; 0 when there is none. */
  abstract lastEvent(tx: Transaction, tenantId: string): Promise<number>;
}

export interface ReplayFrom {
  readonly since: Instant | undefined;
  readonly eventId: string;
  readonly now: Instant;
}

export interface DeliveryStats {
  readonly pending: number;
  readonly delivered: number;
  readonly failed: number;
}

/** What a partner's server answered, or why it did not. */
export interface Answer {
  readonly statusCode: number;
  readonly latencyMs: number;
  /** Empty on success. */
  readonly errorClass: string;
  /** At most 4 KiB of the body. */
  readonly body: string;
  readonly retryAfterMs?: number;
}

export interface DeliveryResult {
  readonly delivery: HeldDelivery;
  readonly answer: Answer;
  readonly at: Instant;
  readonly verdict: Verdict;
}

export type Verdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly at: Instant }
  | { readonly kind: 'failed' };

/** Sends one signed request; never throws for what the other side does. */
export abstract class PartnerCaller {
  abstract deliver(
    endpoint: OpenEndpoint,
    delivery: Pick<HeldDelivery, 'eventId' | 'payload'>,
  ): Promise<Answer>;
  /** Refuses an address no partner webhook may have; the text says why. */
  abstract refuse(url: string): string | undefined;
}
