import { NotFoundError, type Instant } from '@overture/kernel';
import type { LeadEventRow } from './enrollments.js';
import type { EnrollmentRow } from './enrollment-view.js';
import { openLeads, type LeadDetails } from './lead-details.js';
import { byLead } from './lead-tags.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { Gate, GateName, LeadRow, PageOf, PageWanted } from './tables.js';

/** A lead with everything it is enrolled in. */
export interface ShownLead extends LeadDetails {
  readonly tags: readonly string[];
  readonly enrollments: readonly ShownEnrollment[];
}

export interface ShownEnrollment extends EnrollmentRow {
  readonly campaignName: string;
}

export interface LeadsWanted extends PageWanted {
  /** Empty: of any campaign, or of none. */
  readonly campaignId: string;
  readonly status: string;
  readonly identityId?: string;
  /** Only who accepted an invitation (S2-57). */
  readonly accepted?: boolean;
  /** Only those with this tag (F048). */
  readonly tag?: string;
  /** Only those of whom something was recorded at this instant or later. */
  readonly changedSince?: Instant;
}

export function getLead(ports: Ports, caller: Caller, leadId: string): Promise<ShownLead> {
  return inTransaction(ports, caller, (scope) => showLead(ports, scope, leadId));
}

export function listLeads(
  ports: Ports,
  caller: Caller,
  wanted: LeadsWanted,
): Promise<PageOf<ShownLead>> {
  return inTransaction(ports, caller, (scope) =>
    shownPage(ports, scope, wanted, (page) => ports.leads.list(scope, page)),
  );
}

/** Characters of a page; it has to fit into one message of 1 MiB, whatever its leads hold. */
const pageLengthMax = 400_000;

/** A page of leads as they are shown, or half of it where they say too much for one message. */
export async function shownPage<Wanted extends PageWanted>(
  ports: Ports,
  scope: Scope,
  wanted: Wanted,
  read: (page: Wanted) => Promise<PageOf<LeadRow>>,
): Promise<PageOf<ShownLead>> {
  const { items, nextCursor } = await read(wanted);
  const leads = await withEnrollments(ports, scope, await openLeads(ports, scope, items));
  if (leads.length < 2 || JSON.stringify(leads).length <= pageLengthMax) {
    return { items: leads, nextCursor };
  }
  return shownPage(ports, scope, { ...wanted, limit: Math.ceil(leads.length / 2) }, read);
}

/** The lead's whole history, oldest first, with who or what caused each event (F125). */
export function listLeadEvents(
  ports: Ports,
  caller: Caller,
  { leadId, ...page }: PageWanted & { leadId: string },
): Promise<PageOf<LeadEventRow>> {
  return inTransaction(ports, caller, async (scope) => {
    const [lead] = await ports.leads.find(scope, [leadId]);
    if (lead === undefined) throw new NotFoundError('lead', leadId);
    return ports.views.history(scope, leadId, page);
  });
}

export async function showLead(ports: Ports, scope: Scope, leadId: string): Promise<ShownLead> {
  const leads = await openLeads(ports, scope, await ports.leads.find(scope, [leadId]));
  const [lead] = await withEnrollments(ports, scope, leads);
  if (lead === undefined) throw new NotFoundError('lead', leadId);
  return lead;
}

async function withEnrollments(
  ports: Ports,
  scope: Scope,
  leads: readonly LeadDetails[],
): Promise<ShownLead[]> {
  const leadIds = leads.map(({ leadId }) => leadId);
  const rows = await ports.enrollments.ofLeads(scope, leadIds);
  const tags = byLead(await ports.tags.ofLeads(scope, leadIds));
  const explained = await named(ports, scope, await behindGates(ports, scope, rows));
  return leads.map((lead) => {
    const enrollments = explained.filter(({ leadId }) => leadId === lead.leadId);
    return { ...lead, tags: tags.get(lead.leadId) ?? [], enrollments };
  });
}

/** With the names of their campaigns. */
export async function named(
  { campaigns }: Pick<Ports, 'campaigns'>,
  scope: Scope,
  rows: readonly EnrollmentRow[],
): Promise<ShownEnrollment[]> {
  const ids = new Set(rows.map(({ campaignId }) => campaignId));
  const names = await campaigns.names(scope, [...ids]);
  return rows.map((row) => ({ ...row, campaignName: names.get(row.campaignId) ?? '' }));
}

// Pausing a campaign touches no lead (P7), so what its leads wait for is read from its gate.
async function behindGates(
  { gates }: Ports,
  scope: Scope,
  rows: readonly EnrollmentRow[],
): Promise<EnrollmentRow[]> {
  const names = new Set(rows.map(({ campaignId }) => campaignId));
  const wanted = [...names].map((gateId): GateName => ({ kind: 'campaign', gateId }));
  const closed = await gates.closed(scope, [
    { kind: 'workspace', gateId: scope.tenantId },
    ...wanted,
  ]);
  return rows.map((row) => {
    const gate = row.endedAt ? undefined : closed.find((each) => isOf(each, row));
    return gate === undefined ? row : { ...row, reason: `${gate.kind}_${gate.cause}` };
  });
}

function isOf({ kind, gateId }: Gate, { campaignId }: EnrollmentRow): boolean {
  return kind === 'workspace' || gateId === campaignId;
}
