import { regionOfZone } from '@overture/calendar';
import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { CompanyOfHead, DueQueue, Head, Visit } from '@overture/planner';
import type { ActionKind, Schedule } from '@overture/policy';
import type { DueQuery } from '../app/ports.js';
import { lockDue, readQueues } from './due.sql.js';
import { limitsInForce } from './limits-in-force.js';
import { readCampaigns, type CampaignFacts } from './read-campaigns.js';
import { readCompanies, type AskedCompany } from './read-companies.js';
import { readLedgers, type Lane, type LaneLedger } from './read-ledgers.js';
import { columns } from './sql.js';
import { daysOffAt, standingOf, type StandingRow } from './standing.js';

/** A queue of one of the identities asked about; with the action at its front where that is worth a look. */
export interface QueueRow {
  /** Of its identity, from 1. */
  readonly place: number;
  readonly queue_row: string;
  readonly queue_id: number;
  readonly kind: ActionKind;
  readonly campaign_id: string;
  readonly lead_zone: string;
  readonly priority: number;
  readonly first_touch: boolean;
  readonly next_slot_at: Instant;
  readonly hold_until: Instant | null;
  readonly hold_cause: string | null;
  readonly action_row: string;
  readonly action_id: string | null;
  readonly lead_id: string;
  readonly due_at: Instant;
  readonly has_note: boolean;
  readonly company_key: string | null;
  readonly version: number;
  readonly next_due_at: Instant | null;
}

/** Locks what is due, then reads it: only what was committed before the lock may decide. */
export async function readVisits(tx: Transaction, query: DueQuery): Promise<Visit[]> {
  const { now, visitsMax, tenantId } = query;
  const { rows: identities } = await tx.query<StandingRow>(lockDue, [
    now,
    visitsMax,
    tenantId ?? null,
  ]);
  if (identities.length === 0) return [];
  const { rows: queues } = await tx.query<QueueRow>(readQueues, [
    ...columns<StandingRow>(
      identities,
      ({ tenant_id }) => tenant_id,
      ({ identity_id }) => identity_id,
      ({ held_until }) => held_until !== null && held_until > now,
    ),
    now,
  ]);
  return visitsOf(tx, { identities, queues }, { now, lock: true });
}

interface Found {
  readonly identities: readonly StandingRow[];
  readonly queues: readonly QueueRow[];
}

/** Adds to what waits everything else the rules look at. */
export async function visitsOf(
  tx: Transaction,
  { identities, queues }: Found,
  { now, lock }: { readonly now: Instant; /** To claim by it. */ readonly lock: boolean },
): Promise<Visit[]> {
  const visits = identities.map((identity) => newVisit(identity, now));
  for (const { place, next_slot_at } of queues) {
    if (next_slot_at > now) waitUntil(visits[place - 1], next_slot_at);
  }
  const due = queues.filter(({ next_slot_at }) => next_slot_at <= now);
  const identityOf = ({ place }: QueueRow) => identities[place - 1] as StandingRow;
  const campaigns = await readCampaigns(
    tx,
    due.map((row) => ({ tenantId: identityOf(row).tenant_id, campaignId: row.campaign_id })),
  );
  const lanes = due.map((row, index) => laneOf(row, identityOf(row), campaigns[index], now));
  const ledgers = await readLedgers(tx, lanes, now);
  const asked = due.map((row, index) => companyAsked(row, identityOf(row), campaigns[index]));
  const companies = await readCompanies(tx, asked, { now, lock });
  for (const [index, row] of due.entries()) {
    const facts = {
      lane: lanes[index],
      ledger: ledgers[index],
      campaign: campaigns[index],
      company: companies[index],
    };
    visits[row.place - 1]?.queues.push(queueOf(row, facts as QueueFacts, now));
  }
  return visits;
}

function laneOf(
  { kind, has_note: wantsNote }: QueueRow,
  identity: StandingRow,
  campaign: CampaignFacts | undefined,
  now: Instant,
): Lane {
  return { identity, kind, limits: limitsInForce(identity, campaign?.caps, now), wantsNote };
}

function companyAsked(
  { company_key: key }: QueueRow,
  { tenant_id: tenantId }: StandingRow,
  campaign: CampaignFacts | undefined,
): AskedCompany | undefined {
  const cap = campaign?.companyCap;
  return key === null || cap === undefined ? undefined : { tenantId, key, cap };
}

interface DraftVisit extends Visit {
  readonly queues: DueQueue[];
  otherSlotAt?: Instant;
}

function newVisit(identity: StandingRow, now: Instant): DraftVisit {
  const { row, tenant_id: tenantId, identity_id: identityId } = identity;
  return { row, tenantId, identityId, standing: standingOf(identity, now), queues: [] };
}

function waitUntil(visit: DraftVisit | undefined, slotAt: Instant): void {
  if (visit === undefined) return;
  if (visit.otherSlotAt === undefined || slotAt < visit.otherSlotAt) visit.otherSlotAt = slotAt;
}

interface QueueFacts {
  readonly lane: Lane;
  readonly ledger: LaneLedger;
  readonly campaign: CampaignFacts;
  readonly company?: CompanyOfHead;
}

function queueOf(
  row: QueueRow,
  { lane, ledger, campaign, company }: QueueFacts,
  now: Instant,
): DueQueue {
  const { gate, schedule, whenNotesUsedUp } = campaign;
  const region = schedule.holidays === 'work' ? undefined : regionOfLead(row.lead_zone, schedule);
  return {
    row: row.queue_row,
    queueId: row.queue_id,
    identityId: lane.identity.identity_id,
    kind: row.kind,
    campaignId: row.campaign_id,
    zone: row.lead_zone,
    priority: row.priority,
    firstTouch: row.first_touch,
    gate,
    schedule,
    limits: lane.limits,
    uses: ledger.uses,
    usage: ledger.usage,
    allowances: ledger.allowances,
    ...(whenNotesUsedUp && { whenNotesUsedUp }),
    ...(region !== undefined && { holidays: daysOffAt(region, now) }),
    ...waitingOf(row, company),
  };
}

/** Where a lead lives whose zone is not known is not known either: then the campaign's own country counts. */
function regionOfLead(zone: string, { fallbackZone }: Schedule): string | undefined {
  return regionOfZone(zone || fallbackZone);
}

function waitingOf(
  row: QueueRow,
  company: CompanyOfHead | undefined,
): Pick<DueQueue, 'hold' | 'head' | 'nextDueAt'> {
  const { hold_until, hold_cause, action_id: actionId, next_due_at } = row;
  return {
    ...(hold_until && { hold: { until: hold_until, cause: hold_cause ?? '' } }),
    ...(actionId !== null && { head: { ...headOf(row, actionId), ...(company && { company }) } }),
    ...(next_due_at && { nextDueAt: next_due_at }),
  };
}

function headOf(row: QueueRow, actionId: string): Head {
  const { action_row, lead_id: leadId, due_at: dueAt, version, has_note: hasNote } = row;
  return { row: action_row, actionId, leadId, dueAt, version, ...(hasNote && { hasNote }) };
}
