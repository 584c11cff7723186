import type { Database, Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { claimStream, type ActionClaimed } from '../app/claim-events.js';
import { DueIdentities, type DueQuery } from '../app/ports.js';
import { enrollmentOf } from '../app/timetable.js';
import type { Decision, QueueSlot, Visit } from '../app/visit.js';
import { writeDecisions } from './due.sql.js';
import { readVisits } from './read-visits.js';
import { byIndexOnly, columns } from './sql.js';

interface Written {
  readonly taken: number;
  readonly lease_until: Instant;
  /** Which ones, when it was not all of them. */
  readonly of_all: readonly string[] | null;
}

type Claimed = Decision & { claim: NonNullable<Decision['claim']> };

/** Identities whose time has come, across workspaces. Replicas share them: who is locked is being looked at. */
export class PostgresDueIdentities extends DueIdentities {
  constructor(
    private readonly database: Database,
    private readonly leaseMs: number,
  ) {
    super();
  }

  async lock(tx: Transaction, query: DueQuery): Promise<Visit[]> {
    await byIndexOnly(tx);
    return readVisits(tx, query);
  }

  async settle(tx: Transaction, decisions: readonly Decision[], now: Instant): Promise<number> {
    const claimed = decisions.filter((decision): decision is Claimed => !!decision.claim);
    const values = [
      ...claimColumns(claimed),
      ...slotColumns(decisions),
      ...visitColumns(decisions),
      now,
      this.leaseMs,
    ];
    const { rows } = await tx.query<Written>(writeDecisions, values);
    const { lease_until: leaseUntil, of_all: taken } = rows[0] as Written;
    // Where a cancellation was faster, nothing was claimed.
    const made = taken && claimed.filter(({ claim }) => taken.includes(claim.head.actionId));
    for (const each of made ?? claimed) await append(tx, each, { now, leaseUntil });
    return (made ?? claimed).length;
  }

  async nextVisitAt(): Promise<Instant | undefined> {
    const { rows } = await this.database.statements.query<{ at: Instant }>(
      `select next_visit_at as at from identities where next_visit_at is not null
       order by next_visit_at limit 1`,
    );
    return rows[0]?.at;
  }
}

function claimColumns(claimed: readonly Claimed[]): unknown[][] {
  return columns<Claimed, unknown>(
    claimed,
    ({ claim }) => claim.head.row,
    ({ visit }) => visit.tenantId,
    ({ visit }) => visit.identityId,
    ({ claim }) => claim.queue.campaignId,
    ({ claim }) => claim.queue.kind,
    ({ claim }) => claim.queue.firstTouch,
    ({ visit, claim }) => (visit.ledger.lanes.get(claim.queue.kind)?.uses ?? 0) + 1,
  );
}

function slotColumns(decisions: readonly Decision[]): unknown[][] {
  return columns<QueueSlot, unknown>(
    decisions.flatMap(({ slots }) => slots),
    ({ queue }) => queue.row,
    ({ nextSlotAt }) => nextSlotAt ?? null,
    ({ reason }) => reason,
  );
}

function visitColumns(decisions: readonly Decision[]): unknown[][] {
  return columns<Decision, unknown>(
    decisions,
    ({ visit }) => visit.row,
    ({ claim }) => claim?.head.row ?? null,
    ({ nextSlotAt }) => nextSlotAt ?? null,
  );
}

async function append(
  tx: Transaction,
  { visit, claim: { head, queue } }: Claimed,
  { now, leaseUntil }: { now: Instant; leaseUntil: Instant },
): Promise<void> {
  const { actionId, leadId, version } = head;
  const { identityId, campaignId, kind } = queue;
  const enrollment = { enrollmentId: enrollmentOf(actionId), campaignId, leadId, identityId };
  const epoch = version + 1;
  const event: ActionClaimed = {
    type: 'ActionClaimed',
    data: { enrollment, actionId, kind, epoch, leaseUntil, at: now },
  };
  await tx.append(visit.tenantId, claimStream(actionId), [event], version);
}
