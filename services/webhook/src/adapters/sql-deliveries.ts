import type { Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import {
  Deliveries,
  type DeliveryResult,
  type DeliveryStats,
  type DeliveryView,
  type EndpointKey,
  type HeldDelivery,
  type Page,
  type PartnerEvent,
  type ReplayFrom,
  type InFlight,
} from '../app/ports.js';
import { nextDueSql, publishSql, recordSql, replaySql, takeDueSql } from './delivery-queries.js';
import { recordHealth } from './endpoint-health.js';

// One slow endpoint holds no more than this many connections of one process.
const inFlightMax = 32;
// Longer than the longest call.
const holdSeconds = 30;

export class SqlDeliveries extends Deliveries {
  async publish(tx: Transaction, events: readonly PartnerEvent[], now: Instant): Promise<void> {
    const [first] = events;
    if (!first) return;
    const numbered = events.map((event, index) => ({ ...event, ordinal: index + 1 }));
    await tx.query(publishSql, [first.tenantId, JSON.stringify(numbered), now]);
  }

  async takeDue(tx: Transaction, now: Instant, busy: readonly InFlight[]): Promise<HeldDelivery[]> {
    const { rows } = await tx.query<HeldDelivery>(takeDueSql, [
      now,
      busy.map(({ tenantId }) => tenantId),
      busy.map(({ endpointId }) => endpointId),
      busy.map(({ inFlight }) => inFlight),
      inFlightMax,
      holdSeconds,
    ]);
    return rows;
  }

  async nextDueAt(tx: Transaction, now: Instant): Promise<Instant | undefined> {
    const { rows } = await tx.query<{ at: Instant | null }>(nextDueSql, [now]);
    return rows[0]?.at ?? undefined;
  }

  async record(tx: Transaction, results: readonly DeliveryResult[]): Promise<void> {
    if (results.length === 0) return;
    await recordHealth(tx, results);
    await tx.query(recordSql, [JSON.stringify(results.map(resultRow))]);
  }

  async page(
    tx: Transaction,
    { tenantId, endpointId }: EndpointKey,
    { status, after, limit }: { status: string } & Page,
  ): Promise<DeliveryView[]> {
    const { rows } = await tx.query<DeliveryView>(
      `select endpoint_id as "endpointId", position, d.event_id as "eventId", type as "eventType",
         lead_id as "leadId", sequence, status, attempts, next_attempt_at as "nextAttemptAt",
         last_status_code as "lastStatusCode", last_error as "lastError", created_at as "createdAt",
         delivered_at as "deliveredAt"
       from deliveries d join partner_events using (tenant_id, position)
       where tenant_id = $1 and endpoint_id = $2 and position > $3 and ($4 = '' or status = $4)
       order by position limit $5`,
      [tenantId, endpointId, Number(after) || 0, status, limit],
    );
    return rows;
  }

  async stats(tx: Transaction, { tenantId, endpointId }: EndpointKey): Promise<DeliveryStats> {
    const { rows } = await tx.query<DeliveryStats>(
      `select count(*) filter (where status = 'pending') as pending,
         count(*) filter (where status = 'delivered') as delivered,
         count(*) filter (where status = 'failed') as failed
       from deliveries where tenant_id = $1 and endpoint_id = $2`,
      [tenantId, endpointId],
    );
    return rows[0] ?? { pending: 0, delivered: 0, failed: 0 };
  }

  async replay(
    tx: Transaction,
    of: EndpointKey,
    { since, eventId, now }: ReplayFrom,
  ): Promise<number> {
    const values = [of.tenantId, of.endpointId, since ?? null, eventId, now];
    const { rowCount } = await tx.query(replaySql, values);
    return rowCount ?? 0;
  }

  async lastEvent(tx: Transaction, tenantId: string): Promise<number> {
    const { rows } = await tx.query<{ position: number }>(
      'select position from partner_events where tenant_id = $1 order by position desc limit 1',
      [tenantId],
    );
    return rows[0]?.position ?? 0;
  }

  async events(
    tx: Transaction,
    tenantId: string,
    { after, limit }: Page,
  ): Promise<(PartnerEvent & { position: number })[]> {
    const { rows } = await tx.query<PartnerEvent & { position: number }>(
      `select tenant_id as "tenantId", position, event_id as "eventId", type, order_key as "orderKey",
         lead_id as "leadId", campaign_id as "campaignId", sequence, occurred_at as "occurredAt", payload
       from partner_events where tenant_id = $1 and position > $2 order by position limit $3`,
      [tenantId, Number(after) || 0, limit],
    );
    return rows;
  }
}

function resultRow({ delivery, answer, at, verdict }: DeliveryResult): object {
  const { tenantId, endpointId, position, attempts } = delivery;
  return {
    ...answer,
    tenantId,
    endpointId,
    position,
    at,
    attempt: attempts + 1,
    status: verdict.kind === 'retry' ? 'pending' : verdict.kind,
    nextAttemptAt: verdict.kind === 'retry' ? verdict.at : null,
  };
}
