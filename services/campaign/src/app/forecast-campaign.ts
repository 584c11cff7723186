import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  currentAction,
  forecast,
  seededAnswers,
  type Enrolled,
  type ForecastReport,
  type KnownLead,
  type Scenario,
  type World,
} from '@overture/domain-campaign';
import { dayMs, DomainError, plus } from '@overture/kernel';
import { findCampaign } from './decide-campaign.js';
import { answeredBy, contactsAt, knownCampaign, type Answered } from './known-campaign.js';
import { viewEnrollments } from './decide-enrollments.js';
import { expectedLooks } from './expected-looks.js';
import { listMissingFields } from './missing-fields.js';
import { planningOf } from './planning.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow } from './tables.js';
import type { PersonInCampaign } from './texts.js';

export interface ForecastWanted {
  readonly campaignId: string;
  readonly days: number;
  readonly scenario: Scenario;
}

export interface CampaignForecast extends ForecastReport {
  /** The campaigns that share an identity with it and are played with it. */
  readonly campaignIds: readonly string[];
}

const leadsMax = 50_000;
const batchMax = 500;

/**
 * Plays the coming weeks of a campaign, and of all that share its identities, with the planner that runs live (M3, F044). A
 * campaign that was not launched is played as if it were launched now; nothing is written.
 */
export async function forecastCampaign(
  ports: Ports,
  caller: Caller,
  { campaignId, days, scenario }: ForecastWanted,
): Promise<CampaignForecast> {
  const now = ports.clock.now();
  const cast = await inTransaction(ports, caller, (scope) => gather(ports, scope, campaignId));
  const identities = await ports.outlooks.of(caller.tenantId, cast.identityIds);
  const blocked = await blockedLeads(ports, caller, cast.campaigns);
  const leads = cast.leads.map((lead) => withBlock(lead, blocked.get(lead.leadId)));
  const zones = new Set(leads.map(({ planning }) => planning.zone));
  const known = (row: CampaignRow) => knownCampaign(row, { zones, answered: cast.answered, now });
  const campaigns = cast.campaigns.map(known);
  const contacts = await contactsAt(ports, caller, campaigns, now);
  const world: World = { now, identities, campaigns, leads, contacts };
  const report = await unhurried(forecast(world, seededAnswers(scenario), plus(now, days * dayMs)));
  return { ...report, campaignIds: campaigns.map((each) => each.campaignId) };
}

interface Cast {
  readonly campaigns: readonly CampaignRow[];
  readonly identityIds: readonly string[];
  readonly leads: readonly KnownLead[];
  readonly answered: Answered;
}

async function gather(ports: Ports, scope: Scope, campaignId: string): Promise<Cast> {
  const asked = await findCampaign(ports, scope, campaignId);
  const sharing = await ports.campaigns.launchedWith(scope, asked.identityIds);
  const campaigns = [asked, ...sharing.filter((row) => row.campaignId !== campaignId)];
  const leads: KnownLead[] = [];
  for (const row of campaigns) leads.push(...(await leadsOf(ports, scope, row, leads.length)));
  const identityIds = [...new Set(campaigns.flatMap((row) => row.identityIds))];
  return { campaigns, identityIds, leads, answered: await answeredBy(ports, scope, campaigns) };
}

async function leadsOf(
  ports: Ports,
  scope: Scope,
  row: CampaignRow,
  already: number,
): Promise<KnownLead[]> {
  const leads: KnownLead[] = [];
  for (let afterId = ''; ;) {
    const page = { afterId, limit: batchMax };
    const people = await ports.texts.under(scope, row.campaignId, page);
    leads.push(...(await knownLeads(ports, scope, row, people)));
    if (already + leads.length > leadsMax) refuseSoMany();
    if (people.length < batchMax) return leads;
    afterId = people.at(-1)?.enrollmentId ?? '';
  }
}

async function knownLeads(
  ports: Ports,
  scope: Scope,
  campaign: CampaignRow,
  people: readonly PersonInCampaign[],
): Promise<KnownLead[]> {
  const ids = people.map(({ enrollmentId }) => enrollmentId);
  const views = await viewEnrollments(scope, ids);
  const states = views.flatMap(({ state }) => (state.status === 'new' ? [] : [state]));
  const plannings = await planningOf(ports, scope, ids);
  const expected = await expectedLooks(ports, scope, campaign, states);
  const wordless = await ports.drafts.wordless(scope, states.flatMap(draftOf));
  return states.flatMap((state) => {
    const { enrollmentId, leadId, campaignId, identityId } = state;
    const planning = plannings.get(enrollmentId);
    if (planning === undefined) return [];
    const unapprovable = draftOf(state).some((draft) => wordless.has(draft));
    const known = { enrollmentId, leadId, campaignId, identityId, state, planning, unapprovable };
    return [{ ...known, ...expected(state) }];
  });
}

function draftOf(state: Enrolled): string[] {
  const action = currentAction(state);
  return action?.status === 'drafted' ? [action.actionId] : [];
}

function refuseSoMany(): never {
  throw new DomainError(
    'forecast/too-large',
    `More than ${leadsMax} leads are under way with these identities; a forecast plays at most so many.`,
    { leadsMax },
  );
}

/** Whom a campaign that is not launched yet could not write to (F063). */
async function blockedLeads(
  ports: Ports,
  caller: Caller,
  campaigns: readonly CampaignRow[],
): Promise<ReadonlyMap<string, string>> {
  const blocked = new Map<string, string>();
  for (const { campaignId } of campaigns.filter(({ status }) => status === 'draft')) {
    for (let cursor = ''; ;) {
      const page = await listMissingFields(ports, caller, { campaignId, limit: batchMax, cursor });
      for (const { leadId, fields } of page.items) {
        blocked.set(leadId, `missing: ${fields.join(', ')}`);
      }
      if (page.nextCursor === '') break;
      cursor = page.nextCursor;
    }
  }
  return blocked;
}

function withBlock(lead: KnownLead, blocked: string | undefined): KnownLead {
  return blocked === undefined ? lead : { ...lead, blocked };
}

/** Others are served in between. */
async function unhurried<T>(work: Generator<unknown, T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await nextTurn();
  }
}
