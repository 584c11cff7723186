import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import { claimStream, type ActionClaimed } from '../app/claim-events.js';
import { ExpiredClaims, type OfferedAgain } from '../app/ports.js';
import { enrollmentOf } from '../app/timetable.js';

const batchMax = 100;

interface Row {
  readonly tenant_id: string;
  readonly action_id: string;
  readonly identity_id: string;
  readonly campaign_id: string;
  readonly lead_id: string;
  readonly kind: ActionKind;
  readonly epoch: number;
  readonly lease_until: Instant;
}

export class PostgresExpiredClaims extends ExpiredClaims {
  constructor(
    private readonly database: Database,
    private readonly leaseMs: number,
  ) {
    super();
  }

  offerAgain(now: Instant): Promise<readonly OfferedAgain[]> {
    return this.database.worker(async (tx) => {
      const { rows } = await tx.query<Row>(offerAgain, [batchMax, this.leaseMs]);
      for (const row of rows) {
        const { tenant_id, action_id, epoch } = row;
        await tx.append(tenant_id, claimStream(action_id), [claimedAgain(row, now)], epoch - 1);
      }
      return rows.map((row) => ({
        tenantId: row.tenant_id,
        actionId: row.action_id,
        epoch: row.epoch,
      }));
    });
  }
}

function claimedAgain(row: Row, at: Instant): ActionClaimed {
  const { action_id: actionId, kind, epoch, lease_until: leaseUntil } = row;
  const enrollment = {
    enrollmentId: enrollmentOf(actionId),
    campaignId: row.campaign_id,
    leadId: row.lead_id,
    identityId: row.identity_id,
  };
  return { type: 'ActionClaimed', data: { enrollment, actionId, kind, epoch, leaseUntil, at } };
}

// The use stays: it is the same send, offered once more.
const offerAgain = `
  with expired as (
    select i.tenant_id, i.identity_id from identities i
    where i.busy_with is not null and i.flight_state = 'offered' and i.flight_lease_until < now()
    order by i.flight_lease_until limit $1 for no key update skip locked
  )
  update identities i set flight_epoch = i.flight_epoch + 1,
    flight_lease_until = now() + $2 * interval '1 millisecond'
  from expired e, queues q
  where i.tenant_id = e.tenant_id and i.identity_id = e.identity_id
    and q.tenant_id = i.tenant_id and q.queue_id = i.flight_queue_id
  returning i.tenant_id, i.busy_with as action_id, i.identity_id, q.campaign_id, i.flight_lead_id as lead_id, q.kind,
    i.flight_epoch as epoch, i.flight_lease_until as lease_until`;
