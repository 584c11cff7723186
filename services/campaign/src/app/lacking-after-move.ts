import { fieldValues, type Sequence } from '@overture/domain-campaign';
import { InvalidInputError } from '@overture/kernel';
import { findCampaign } from './decide-campaign.js';
import { viewEnrollments } from './decide-enrollments.js';
import { textsAfterMove } from './landings.js';
import { detailsOf, fieldsNamed, lackingAmong, type LeadLacking } from './missing-fields.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';
import type { PersonInCampaign } from './texts.js';
import { textsOf } from './texts-of.js';

/** Who is under way and could not be moved to a version, for want of which fields; at most so many are named. */
export interface Unready {
  readonly leads: readonly LeadLacking[];
  readonly more: boolean;
}

const batchMax = 500;
const namedMax = 100;

/** Whom a move to this version would leave where they stand, as the move itself would; a page looks at `limit` people. */
export function listLackingAfterMove(
  ports: Ports,
  caller: Caller,
  { campaignId, version, limit, cursor }: PageWanted & { campaignId: string; version: number },
): Promise<PageOf<LeadLacking>> {
  return inTransaction(ports, caller, async (scope) => {
    await findCampaign(ports, scope, campaignId);
    const versions = await sequencesOf(ports, scope, campaignId);
    const to = versions.get(version);
    if (to === undefined) {
      const message = `There is no version ${version}.`;
      throw new InvalidInputError([{ path: '/version', message }]);
    }
    const batch = await ports.texts.under(scope, campaignId, { afterId: cursor, limit });
    const items = await lackingOf(ports, scope, { campaignId, batch, versions, to });
    const last = batch.length < limit ? undefined : batch.at(-1);
    return { items, nextCursor: last?.enrollmentId ?? '' };
  });
}

/**
 * A version that a running campaign gets changes nothing for those under way, so it is never refused: it is answered with
 * those who could not follow it, and a move leaves exactly these where they stand (F016, F063).
 */
export async function unreadyFor(
  ports: Ports,
  caller: Caller,
  wanted: { campaignId: string; version: number },
): Promise<Unready> {
  const leads: LeadLacking[] = [];
  for (let cursor = ''; ;) {
    const page = await listLackingAfterMove(ports, caller, { ...wanted, limit: batchMax, cursor });
    leads.push(...page.items);
    cursor = page.nextCursor;
    if (leads.length > namedMax) return { leads: leads.slice(0, namedMax), more: true };
    if (cursor === '') return { leads, more: false };
  }
}

export function adviceOn({ leads, more }: Unready): string[] {
  if (leads.length === 0) return [];
  const whom = leads.length === 1 ? 'One lead' : `${more ? 'More than ' : ''}${leads.length} leads`;
  return [
    `${whom} under way could not be moved to this version: there is nothing for ${fieldsNamed(leads)}.`,
  ];
}

interface Batch {
  readonly campaignId: string;
  readonly batch: readonly PersonInCampaign[];
  readonly versions: ReadonlyMap<number, Sequence>;
  readonly to: Sequence;
}

async function lackingOf(ports: Ports, scope: Scope, wanted: Batch): Promise<LeadLacking[]> {
  const { campaignId, versions, to } = wanted;
  const details = await detailsOf(ports, scope, wanted.batch);
  // Most lack nothing at all; only of the others it matters where they stand.
  const open = wanted.batch.flatMap((person) => {
    const lead = details.get(person.leadId);
    if (lead === undefined || lead.erased) return [];
    const lacking = lackingAmong(textsOf(to.steps, campaignId, lead), lead);
    return lacking.length === 0 ? [] : [{ ...person, lead, lacking }];
  });
  const views = await viewEnrollments(
    scope,
    open.map(({ enrollmentId }) => enrollmentId),
  );
  return open.flatMap(({ sequenceVersion, lead, lacking }, index) => {
    const from = versions.get(sequenceVersion);
    const state = views[index]?.state;
    if (from === undefined || state === undefined || from.version === to.version) return lacking;
    return lackingAmong(textsAfterMove(state, { from, to }, fieldValues(lead)), lead);
  });
}

async function sequencesOf(
  { campaigns }: Ports,
  scope: Scope,
  campaignId: string,
): Promise<ReadonlyMap<number, Sequence>> {
  const versions = await campaigns.versions(scope, campaignId);
  return new Map(versions.map(({ sequence }) => [sequence.version, sequence]));
}
