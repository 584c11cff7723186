import type { Sequence } from '@overture/domain-campaign';
import { shown } from './campaigns.js';
import { findCampaign } from './decide-campaign.js';
import type { LaunchedPerson, LaunchTotals } from './enrollments.js';
import { fullName, openLeads, type LeadDetails } from './lead-details.js';
import { missingFieldsOf, refuseMissingFields } from './missing-fields.js';
import type { Ports } from './ports.js';
import { openCampaign } from './run-campaign.js';
import { inTransaction, type Caller } from './scope.js';
import { startEnrollments } from './start-enrollments.js';

export interface LaunchResult {
  readonly leadId: string;
  readonly name: string;
  readonly status: 'queued' | 'skipped' | 'error';
  readonly messagesQueued: number;
  readonly reason: string;
}

/** queued, skipped and errors count people, totalMessages counts messages (S2-29, S2-41). */
export interface LaunchReport extends LaunchTotals {
  readonly campaignId: string;
  readonly results: readonly LaunchResult[];
  readonly message: string;
}

/** People listed one by one; the counters always count all of them. */
const resultsMax = 1_000;

/**
 * Opens the campaign and looks at everybody in it: who may be contacted is planned, who may not is passed over with a
 * reason. Launched twice it reports the same; leads that are added later start by themselves.
 */
export async function launchCampaign(
  ports: Ports,
  caller: Caller,
  wanted: { campaignId: string; expectedVersion: number },
): Promise<LaunchReport> {
  const { campaignId } = wanted;
  await refuseUnlessComplete(ports, caller, campaignId);
  await inTransaction(ports, caller, (scope) => openCampaign(ports, scope, wanted));
  const { unchecked } = await startEnrollments(ports, caller, campaignId);
  const { held, ...report } = await reportOf(ports, caller, campaignId);
  if (unchecked !== undefined) ports.work.wake('start');
  return { ...report, message: sentenceOf({ ...report, held }, unchecked) };
}

// Once: what is added to a running campaign is held lead by lead and stops nobody else.
async function refuseUnlessComplete(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<void> {
  const { status } = await inTransaction(ports, caller, (scope) =>
    findCampaign(ports, scope, campaignId),
  );
  if (status === 'draft') await refuseMissingFields(ports, caller, campaignId);
}

type Report = Omit<LaunchReport, 'message'> & { readonly held: number };

function reportOf(ports: Ports, caller: Caller, campaignId: string): Promise<Report> {
  return inTransaction(ports, caller, async (scope) => {
    const totals = await ports.views.launchTotals(scope, campaignId);
    const people = await ports.views.launchedPeople(scope, campaignId, resultsMax);
    const { sequence } = await shown(ports, scope, await findCampaign(ports, scope, campaignId));
    const rows = await ports.leads.find(
      scope,
      people.map(({ leadId }) => leadId),
    );
    const leads = await openLeads(ports, scope, rows);
    const known = new Map(leads.map((lead) => [lead.leadId, lead]));
    const results = people.map((person) =>
      resultOf(person, { campaignId, sequence }, known.get(person.leadId)),
    );
    const held = results.filter(({ status, reason }) => status === 'queued' && reason !== '');
    return { campaignId, ...totals, results, held: held.length };
  });
}

function resultOf(
  { leadId, launchOutcome, messagesQueued, reason }: LaunchedPerson,
  { campaignId, sequence }: { campaignId: string; sequence: Sequence },
  lead: LeadDetails | undefined,
): LaunchResult {
  const name = lead === undefined ? '' : fullName(lead);
  const status = launchOutcome === '' ? 'error' : launchOutcome;
  if (status !== 'queued') return { leadId, name, status, messagesQueued, reason };
  const missing = lead === undefined ? [] : missingFieldsOf(sequence, campaignId, lead);
  const lacks = missing.length === 0 ? '' : `text/missing-field: ${missing.join(', ')}`;
  return { leadId, name, status, messagesQueued, reason: lacks };
}

function sentenceOf(
  { queued, skipped, errors, totalMessages, held }: Report,
  unchecked: string | undefined,
): string {
  const parts = [
    `${queued} people queued with ${totalMessages} messages`,
    `${skipped} skipped`,
    ...(errors > 0 ? [`${errors} not checked yet`] : []),
    ...(held > 0 ? [`${held} lack a field of a text, which will be held`] : []),
  ];
  return `${parts.join(', ')}.${unchecked === undefined ? '' : ` ${unchecked}`}`;
}
