import { DomainError } from '@overture/kernel';
import type { LeadText, Sequence } from '@overture/domain-campaign';
import { findCampaign } from './decide-campaign.js';
import { fullName, openLeads, type LeadDetails } from './lead-details.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';
import type { PersonInCampaign } from './texts.js';
import { lackingFields, textsOf } from './texts-of.js';

/** A lead whose sends would be held, for want of which fields, at which steps. */
export interface LeadLacking {
  readonly leadId: string;
  readonly name: string;
  readonly fields: readonly string[];
  readonly stepIds: readonly string[];
}

const batchMax = 500;
const namedMax = 100;

/** The fields of the sequence's texts that this lead has nothing for: those sends would be held (F063). */
export function missingFieldsOf(
  { steps }: Pick<Sequence, 'steps'>,
  campaignId: string,
  lead: LeadDetails,
): string[] {
  return lead.erased ? [] : lackingFields(textsOf(steps, campaignId, lead));
}

/** Whom a campaign could not write to as its sequence and their fields stand; a page looks at `limit` people. */
export function listMissingFields(
  ports: Ports,
  caller: Caller,
  { campaignId, limit, cursor }: PageWanted & { campaignId: string },
): Promise<PageOf<LeadLacking>> {
  return inTransaction(ports, caller, async (scope) => {
    await findCampaign(ports, scope, campaignId);
    const batch = await ports.texts.under(scope, campaignId, { afterId: cursor, limit });
    const items = await lackingOf(ports, scope, campaignId, batch);
    const last = batch.length < limit ? undefined : batch.at(-1);
    return { items, nextCursor: last?.enrollmentId ?? '' };
  });
}

/**
 * Nothing is sent with a gap, so a campaign that would write "Hi ," to somebody does not begin: the refusal names whom and
 * which fields (F063, P05). Who is added later is checked as each text is rendered, and held alone.
 */
export async function refuseMissingFields(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<void> {
  const lacking: LeadLacking[] = [];
  let total = 0;
  for (let cursor = ''; ;) {
    const page = await listMissingFields(ports, caller, { campaignId, limit: batchMax, cursor });
    total += page.items.length;
    lacking.push(...page.items.slice(0, namedMax - lacking.length));
    if (page.nextCursor === '') break;
    cursor = page.nextCursor;
  }
  if (total > 0) throw refusalOf(lacking, total);
}

function refusalOf(lacking: readonly LeadLacking[], total: number): DomainError {
  const named = fieldsNamed(lacking);
  const leads = lacking.map(({ leadId, fields, stepIds }) => ({ leadId, fields, stepIds }));
  const whom = total === 1 ? 'One lead has' : `${total} leads have`;
  return new DomainError(
    'campaign/missing-fields',
    `${whom} nothing for ${named}. Fill them in, give the fields a fallback, or take these leads out.`,
    { total, leads },
  );
}

/** The fields that somebody lacks, as a text names them. */
export function fieldsNamed(lacking: readonly LeadLacking[]): string {
  const fields = [...new Set(lacking.flatMap((lead) => lead.fields))];
  return fields.map((field) => `{${field}}`).join(', ');
}

async function lackingOf(
  ports: Ports,
  scope: Scope,
  campaignId: string,
  batch: readonly PersonInCampaign[],
): Promise<LeadLacking[]> {
  const leads = await detailsOf(ports, scope, batch);
  const sequences = new Map<number, Sequence>();
  const lacking: LeadLacking[] = [];
  for (const { leadId, sequenceVersion: version } of batch) {
    const lead = leads.get(leadId);
    if (lead === undefined || lead.erased) continue;
    const sequence =
      sequences.get(version) ?? (await ports.campaigns.sequence(scope, campaignId, version));
    sequences.set(version, sequence);
    lacking.push(...lackingIn(sequence, campaignId, lead));
  }
  return lacking;
}

function lackingIn({ steps }: Sequence, campaignId: string, lead: LeadDetails): LeadLacking[] {
  return lackingAmong(textsOf(steps, campaignId, lead), lead);
}

/** What this lead lacks of these texts; empty: nothing. */
export function lackingAmong(texts: readonly LeadText[], lead: LeadDetails): LeadLacking[] {
  const held = texts.filter(({ missing }) => missing.length > 0);
  if (held.length === 0) return [];
  const stepIds = held.map(({ stepId }) => stepId);
  return [{ leadId: lead.leadId, name: fullName(lead), fields: lackingFields(held), stepIds }];
}

export async function detailsOf(ports: Ports, scope: Scope, batch: readonly PersonInCampaign[]) {
  const ids = batch.map(({ leadId }) => leadId);
  const leads = await openLeads(ports, scope, await ports.leads.find(scope, ids));
  return new Map(leads.map((lead) => [lead.leadId, lead]));
}
