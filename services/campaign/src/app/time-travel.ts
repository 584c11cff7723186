import { eventsUntil, type StreamEvent } from '@overture/event-store';
import {
  enrollmentStream,
  type CampaignEvent,
  type EnrollmentEvent,
} from '@overture/domain-campaign';
import { InvalidInputError, NotFoundError, type Instant } from '@overture/kernel';
import { campaignRowOf, emptyCampaignView, evolveCampaignView } from './campaign-view.js';
import type { ShownCampaign } from './campaigns.js';
import { campaignStream, findCampaign } from './decide-campaign.js';
import { emptyView, evolveView, rowOf, type EnrollmentView } from './enrollment-view.js';
import type { LeadEventRow } from './enrollments.js';
import { openLeads, type LeadDetails } from './lead-details.js';
import { named, type ShownLead } from './leads.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';

export interface LeadSpan {
  readonly leadId: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** One value that is not what it was; empty text: there was none. */
export interface FieldChange {
  readonly enrollmentId: string;
  readonly actionId: string;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

export interface LeadDiff extends LeadSpan {
  readonly changes: readonly FieldChange[];
  readonly events: readonly LeadEventRow[];
}

/**
 * A lead as it stood at an instant (M7). What is said of it comes from its events; its personal fields and tags are those of
 * today, because no event holds them.
 */
export function leadAt(
  ports: Ports,
  caller: Caller,
  { leadId, at }: { leadId: string; at: Instant },
): Promise<ShownLead> {
  return inTransaction(ports, caller, async (scope) => {
    const lead = await knownLead(ports, scope, leadId);
    if (lead.createdAt > at) throw new NotFoundError('lead', leadId);
    const histories = await historiesOf(ports, scope, leadId);
    const rows = histories.map((events) => rowOf(viewAt(events, at)));
    const then = rows.filter((row) => row !== undefined);
    const tags = (await ports.tags.ofLeads(scope, [leadId])).map(({ tag }) => tag);
    return { ...lead, tags, enrollments: await named(ports, scope, then) };
  });
}

/** A campaign as it stood at an instant (M7); its name is a label and the one of today. */
export function campaignAt(
  ports: Ports,
  caller: Caller,
  { campaignId, at }: { campaignId: string; at: Instant },
): Promise<ShownCampaign> {
  return inTransaction(ports, caller, async (scope) => {
    const { name } = await findCampaign(ports, scope, campaignId);
    const stream = await scope.tx.read<CampaignEvent>(scope.tenantId, campaignStream(campaignId));
    const view = eventsUntil(stream.events, at).reduce(evolveCampaignView, emptyCampaignView);
    const row = campaignRowOf(view);
    if (row === undefined || view.state.status === 'absent') {
      throw new NotFoundError('campaign', campaignId);
    }
    return { ...row, name, sequence: view.state.sequence, warnings: [] };
  });
}

/** What became of a lead between two instants, and the events that brought it about (M7). */
export async function diffLead(ports: Ports, caller: Caller, span: LeadSpan): Promise<LeadDiff> {
  if (span.to < span.from) {
    throw new InvalidInputError([{ path: '/to', message: `Expected ${span.from} or later.` }]);
  }
  return inTransaction(ports, caller, async (scope) => {
    await knownLead(ports, scope, span.leadId);
    const histories = await historiesOf(ports, scope, span.leadId);
    const changes = histories.flatMap((events) =>
      changesBetween(viewAt(events, span.from), viewAt(events, span.to)),
    );
    const events = histories.flatMap((all) =>
      eventsUntil(all, span.to).slice(eventsUntil(all, span.from).length).map(eventRow),
    );
    return { ...span, changes, events: events.sort(byTime) };
  });
}

async function knownLead(ports: Ports, scope: Scope, leadId: string): Promise<LeadDetails> {
  const [lead] = await openLeads(ports, scope, await ports.leads.find(scope, [leadId]));
  if (lead === undefined) throw new NotFoundError('lead', leadId);
  return lead;
}

async function historiesOf(
  { enrollments }: Ports,
  scope: Scope,
  leadId: string,
): Promise<readonly (readonly StreamEvent<EnrollmentEvent>[])[]> {
  const rows = await enrollments.ofLeads(scope, [leadId]);
  const streams = rows.map(({ enrollmentId }) => enrollmentStream(enrollmentId));
  const read = await scope.tx.readMany<EnrollmentEvent>(scope.tenantId, streams);
  return read.map(({ events }) => events);
}

function viewAt(events: readonly StreamEvent<EnrollmentEvent>[], at: Instant): EnrollmentView {
  return eventsUntil(events, at).reduce(evolveView, emptyView);
}

function changesBetween(before: EnrollmentView, after: EnrollmentView): FieldChange[] {
  const [old, now] = [rowOf(before), rowOf(after)];
  if (now === undefined) return [];
  const { enrollmentId } = now;
  const own = changedFields(old, now, { enrollmentId, actionId: '' });
  const ofActions = [...after.actions].flatMap(([actionId, row]) =>
    changedFields(before.actions.get(actionId), row, { enrollmentId, actionId }),
  );
  return [...own, ...ofActions];
}

function changedFields(
  before: object | undefined,
  after: object,
  whose: { enrollmentId: string; actionId: string },
): FieldChange[] {
  const known = new Map(Object.entries(before ?? {}));
  return Object.entries(after).flatMap(([field, value]) => {
    const [was, is] = [textOf(known.get(field)), textOf(value)];
    return was === is ? [] : [{ ...whose, field, before: was, after: is }];
  });
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function eventRow(event: StreamEvent<EnrollmentEvent>): LeadEventRow {
  const { id, streamId, version, type, data, meta, recordedAt } = event;
  return { eventId: id, streamId, version, type, data, meta, recordedAt };
}

function byTime(a: LeadEventRow, b: LeadEventRow): number {
  if (a.recordedAt !== b.recordedAt) return a.recordedAt < b.recordedAt ? -1 : 1;
  return a.streamId === b.streamId ? a.version - b.version : a.streamId < b.streamId ? -1 : 1;
}
