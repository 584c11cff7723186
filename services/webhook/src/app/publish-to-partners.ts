import { toJson, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import type { Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import { partnerTypeOf } from '../partner-event-types.js';
import type { PartnerEvent } from './ports.js';
import type { WebhookDeps } from './webhook-deps.js';

/** A fact with its place in its stream. */
export interface Fact {
  readonly tenantId: string;
  readonly streamId: string;
  readonly version: number;
  readonly eventId: string;
  readonly occurredAt: Instant;
}

/** Turns a fact into deliveries to everyone who subscribed to it. */
export async function publishToPartners<S extends DescMessage>(
  { deliveries, clock }: WebhookDeps,
  tx: Transaction,
  { fact, schema, message }: { fact: Fact; schema: S; message: MessageShape<S> },
): Promise<void> {
  const type = partnerTypeOf(schema.typeName);
  if (type === undefined) return;
  const event = partnerEvent(fact, type, toJson(schema, message) as PublicFact);
  await deliveries.publish(tx, [event], clock.now());
}

interface PublicFact {
  readonly [field: string]: unknown;
  readonly enrollment?: { readonly leadId?: string; readonly campaignId?: string };
  readonly campaignId?: string;
}

function partnerEvent(fact: Fact, type: string, body: PublicFact): PartnerEvent {
  const { tenantId, eventId, streamId, version: sequence, occurredAt } = fact;
  const { enrollment, at: _at, fingerprints: _fingerprints, ...rest } = body;
  const data = { workspaceId: tenantId, sequence, ...enrollment, ...rest };
  return {
    tenantId,
    eventId,
    type,
    orderKey: enrollment?.leadId ?? streamId,
    leadId: enrollment?.leadId ?? '',
    campaignId: enrollment?.campaignId ?? body.campaignId ?? '',
    sequence,
    occurredAt,
    payload: JSON.stringify({ type, timestamp: occurredAt, data }),
  };
}
