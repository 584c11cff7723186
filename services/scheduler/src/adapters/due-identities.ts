import type { Database, Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import {
  recordDecision,
  type Claim,
  type Decision,
  type QueueSlot,
  type SetBack,
  type Visit,
} from '@overture/planner';
import { claimStream, type ActionClaimed } from '../app/claim-events.js';
import { DueIdentities, type DueQuery } from '../app/ports.js';
import { enrollmentOf } from '../app/timetable.js';
import { writeSetBack, writeSlots, writeVisits } from './due.sql.js';
import { readVisits } from './read-visits.js';
import { byIndexOnly, columns } from './sql.js';

interface Written {
  readonly taken: number;
  readonly lease_until: Instant;
  /** Which ones, when it was not all of them. */
  readonly of_all: readonly string[] | null;
}

type Claimed = Decision & { readonly claim: Claim };

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
    const slots = decisions.flatMap((decision) => decision.slots);
    if (slots.length > 0) await tx.query(writeSlots, slotColumns(slots));
    const setBack = decisions.flatMap((decision) => decision.setBack);
    if (setBack.length > 0) await tx.query(writeSetBack, setBackColumns(setBack));
    const values = [...visitColumns(decisions), now, this.leaseMs];
    const { rows } = await tx.query<Written>(writeVisits, values);
    const { lease_until: leaseUntil, of_all: taken } = rows[0] as Written;
    const claimed = decisions.filter((decision): decision is Claimed => !!decision.claim);
    // Where a cancellation was faster, nothing was claimed.
    const made = taken
      ? claimed.filter(({ claim }) => taken.includes(claim.head.actionId))
      : claimed;
    for (const each of made) await append(tx, each, { now, leaseUntil });
    return made.length;
  }

  async nextVisitAt(): Promise<Instant | undefined> {
    const { rows } = await this.database.statements.query<{ at: Instant }>(
      `select next_visit_at as at from identities where next_visit_at is not null
       order by next_visit_at limit 1`,
    );
    return rows[0]?.at;
  }
}

function visitColumns(decisions: readonly Decision[]): string[] {
  return columns<Decision>(
    decisions,
    ({ visit }) => visit.row,
    ({ claim }) => claim?.head.row ?? null,
    ({ nextSlotAt }) => nextSlotAt ?? null,
    ({ claim }) => claim?.queue.kind ?? null,
    ({ claim }) => claim?.queue.firstTouch ?? null,
    ({ claim }) => claim?.verdict.note === 'with',
    ({ claim }) => (claim === undefined ? null : claim.queue.uses + 1),
  );
}

function slotColumns(slots: readonly QueueSlot[]): string[] {
  return columns<QueueSlot>(
    slots,
    ({ queue }) => queue.row,
    ({ nextSlotAt }) => nextSlotAt ?? null,
    ({ reason }) => reason,
  );
}

function setBackColumns(setBack: readonly SetBack[]): string[] {
  return columns<SetBack>(
    setBack,
    ({ head }) => head.row,
    ({ until }) => until,
  );
}

async function append(
  tx: Transaction,
  { visit, claim }: Claimed,
  { now, leaseUntil }: { now: Instant; leaseUntil: Instant },
): Promise<void> {
  const { head, queue } = claim;
  const { actionId, leadId, version } = head;
  const { identityId, campaignId, kind } = queue;
  const enrollment = { enrollmentId: enrollmentOf(actionId), campaignId, leadId, identityId };
  const decisionJson = JSON.stringify(recordDecision(claim, now));
  const { note } = claim.verdict;
  const event: ActionClaimed = {
    type: 'ActionClaimed',
    data: {
      enrollment,
      actionId,
      kind,
      epoch: version + 1,
      leaseUntil,
      decisionJson,
      ...(note && { note }),
      at: now,
    },
  };
  await tx.append(visit.tenantId, claimStream(actionId), [event], version);
}
