import {
  campaignCategory,
  enrollmentCategory,
  lead,
  leadCategory,
  leadRules,
  leadRulesCategory,
  type CampaignEvent,
  type EnrollmentEvent,
  type LeadEvent,
  type LeadRulesSet,
} from '@overture/domain-campaign';
import { campaignRowOf, emptyCampaignView, evolveCampaignView } from './campaign-view.js';
import { emptyView, evolveView, rowOf } from './enrollment-view.js';
import type { ChangedEnrollment } from './enrollments.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';

/** Streams folded in one transaction. */
const batchMax = 500;

/**
 * Writes every row of a workspace's read models anew from its events, beside live traffic: rows are locked before their
 * streams are read, so a decision made meanwhile waits and then writes the newer row (I13). Gives the streams folded.
 */
export async function rebuildViews(ports: Ports, caller: Caller): Promise<number> {
  const campaigns = await rebuild(ports, caller, {
    category: campaignCategory,
    page: campaignPage,
  });
  const enrollments = await rebuild(ports, caller, {
    category: enrollmentCategory,
    page: enrollmentPage,
  });
  const leads = await rebuild(ports, caller, { category: leadCategory, page: leadPage });
  const rules = await rebuild(ports, caller, { category: leadRulesCategory, page: rulesPage });
  return campaigns + enrollments + leads + rules;
}

interface Category {
  readonly category: string;
  readonly page: (ports: Ports, scope: Scope, streamIds: readonly string[]) => Promise<void>;
}

async function rebuild(
  ports: Ports,
  caller: Caller,
  { category, page }: Category,
): Promise<number> {
  let folded = 0;
  let afterId = '';
  for (;;) {
    const streamIds = await inTransaction(ports, caller, async (scope) => {
      const ids = await ports.views.streams(scope, category, { afterId, limit: batchMax });
      if (ids.length > 0) await page(ports, scope, ids);
      return ids;
    });
    const last = streamIds.at(-1);
    if (last === undefined) return folded;
    afterId = last;
    folded += streamIds.length;
  }
}

async function enrollmentPage(ports: Ports, scope: Scope, streamIds: readonly string[]) {
  await ports.enrollments.lock(scope, streamIds.map(idOf(enrollmentCategory)));
  const streams = await scope.tx.readMany<EnrollmentEvent>(scope.tenantId, streamIds);
  const changed = streams.flatMap(({ events }): ChangedEnrollment[] => {
    const view = events.reduce(evolveView, emptyView);
    const row = rowOf(view);
    return row === undefined ? [] : [{ row, actions: [...view.actions.values()] }];
  });
  ports.enrollments.save(scope, changed);
}

async function campaignPage(ports: Ports, scope: Scope, streamIds: readonly string[]) {
  const streams = await scope.tx.readMany<CampaignEvent>(scope.tenantId, streamIds);
  for (const { events } of streams) {
    const view = events.reduce(evolveCampaignView, emptyCampaignView);
    const row = campaignRowOf(view);
    if (row === undefined) continue;
    const known = await ports.campaigns.find(scope, row.campaignId);
    const named = { ...row, name: known?.name ?? row.name };
    await ports.campaigns.save(scope, named, view.sequences);
  }
}

async function leadPage(ports: Ports, scope: Scope, streamIds: readonly string[]) {
  for (const streamId of streamIds) {
    const leadId = idOf(leadCategory)(streamId);
    if ((await ports.leads.lock(scope, leadId)) === undefined) continue;
    const { events, version } = await scope.tx.read<LeadEvent>(scope.tenantId, streamId);
    const state = events.reduce(lead.evolve, lead.initialState);
    await ports.persons.save(scope, { leadId, ...state, version: version + 1 });
  }
}

async function rulesPage(ports: Ports, scope: Scope, streamIds: readonly string[]) {
  const streams = await scope.tx.readMany<LeadRulesSet>(scope.tenantId, streamIds);
  for (const { events, version } of streams) {
    const campaignId = events.at(-1)?.data.campaignId ?? '';
    const rules = events.reduce(leadRules.evolve, leadRules.initialState);
    await ports.leadRules.save(scope, { campaignId, ...rules, version });
  }
}

function idOf(category: string): (streamId: string) => string {
  return (streamId) => streamId.slice(category.length + 1);
}
