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
    select c.tenant_id, c.action_id from claims c
    join identities i on i.tenant_id = c.tenant_id and i.identity_id = c.identity_id
    where c.state = 'offered' and c.lease_until < now()
    order by c.lease_until limit $1 for no key update of i, c skip locked
  )
  update claims c set epoch = c.epoch + 1, lease_until = now() + $2 * interval '1 millisecond'
  from expired e
  where c.tenant_id = e.tenant_id and c.action_id = e.action_id
  returning c.tenant_id, c.action_id, c.identity_id, c.campaign_id, c.lead_id, c.kind, c.epoch, c.lease_until`;
