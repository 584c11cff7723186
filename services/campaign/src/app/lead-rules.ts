import { DomainError } from '@overture/kernel';
import type { StreamEvent } from '@overture/event-store';
import {
  effectiveRules,
  leadRules,
  leadRulesStream,
  type LeadRules,
  type LeadRulesSet,
} from '@overture/domain-campaign';
import { findCampaign } from './decide-campaign.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';

/** What was set for a campaign, or for the workspace where `campaignId` is empty. */
export interface LeadRulesRow extends Partial<LeadRules> {
  readonly campaignId: string;
  /** 0: nothing was ever set. */
  readonly version: number;
}

/** The read model of the rules. */
export abstract class LeadRulesTable {
  abstract save(scope: Scope, row: LeadRulesRow): Promise<void>;
  abstract find(scope: Scope, campaignId: string): Promise<LeadRulesRow>;
}

/** Rules as a caller gives them; undefined is as good as absent. */
type Given = { readonly [Name in keyof LeadRules]?: LeadRules[Name] | undefined };

/** What holds, and which of it was set here. */
export interface ShownLeadRules extends LeadRules {
  readonly campaignId: string;
  readonly setHere: readonly string[];
  readonly version: number;
}

export function getLeadRules(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<ShownLeadRules> {
  return inTransaction(ports, caller, async (scope) => {
    if (campaignId !== '') await findCampaign(ports, scope, campaignId);
    return shownRules(ports, scope, await ports.leadRules.find(scope, campaignId));
  });
}

/** Sets all rules of a campaign or of the workspace; a rule that is not given holds as it is above. */
export function setLeadRules(
  ports: Ports,
  caller: Caller,
  wanted: { campaignId: string; expectedVersion: number; rules: Given },
): Promise<ShownLeadRules> {
  const { campaignId, expectedVersion } = wanted;
  const rules = withoutHoles(wanted.rules);
  const at = ports.clock.now();
  return inTransaction(ports, caller, async (scope) => {
    if (campaignId !== '') await findCampaign(ports, scope, campaignId);
    const streamId = leadRulesStream(scope.tenantId, campaignId);
    const { events, version } = await scope.tx.read<LeadRulesSet>(scope.tenantId, streamId);
    refuseOther(expectedVersion, version);
    const state = events.reduce(leadRules.evolve, leadRules.initialState);
    const decided = leadRules.decide(
      { type: 'SetLeadRules', data: { campaignId, rules, at } },
      state,
    );
    if (decided.length === 0) return shownRules(ports, scope, { campaignId, ...state, version });
    const facts = decided.map((event) => ({ ...event, meta: scope.meta }));
    const recorded = await scope.tx.append(scope.tenantId, streamId, facts, version);
    const now = (recorded as StreamEvent<LeadRulesSet>[]).reduce(leadRules.evolve, state);
    const row = { campaignId, ...now, version: version + recorded.length };
    await ports.leadRules.save(scope, row);
    return shownRules(ports, scope, row);
  });
}

/** What holds for a campaign. */
export async function rulesOf(
  { leadRules: table }: Pick<Ports, 'leadRules'>,
  scope: Scope,
  campaignId: string,
): Promise<LeadRules> {
  const own = await table.find(scope, campaignId);
  return effectiveRules(given(await table.find(scope, '')), given(own));
}

async function shownRules(
  ports: Pick<Ports, 'leadRules'>,
  scope: Scope,
  row: LeadRulesRow,
): Promise<ShownLeadRules> {
  const { campaignId, version } = row;
  const above = campaignId === '' ? {} : given(await ports.leadRules.find(scope, ''));
  return {
    ...effectiveRules(above, given(row)),
    campaignId,
    setHere: Object.keys(given(row)),
    // One more than the stream's, because rules that nobody set have a version too.
    version: version + 1,
  };
}

function withoutHoles(rules: Given): Partial<LeadRules> {
  const set = Object.entries(rules).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Partial<LeadRules>;
}

function given({ campaignId: _, version: __, ...rules }: LeadRulesRow): Partial<LeadRules> {
  return rules;
}

function refuseOther(expectedVersion: number, version: number): void {
  if (expectedVersion === 0 || expectedVersion === version + 1) return;
  throw new DomainError(
    'lead-rules/changed',
    `Expected version ${expectedVersion}, found ${version + 1}: read them again and decide again.`,
    { expectedVersion, version: version + 1 },
  );
}
