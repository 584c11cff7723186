import { DomainError, NotFoundError } from '@overture/kernel';
import type { StreamEvent } from '@overture/event-store';
import {
  campaign,
  campaignCategory,
  type CampaignCommand,
  type CampaignEvent,
} from '@overture/domain-campaign';
import {
  campaignRowOf,
  emptyCampaignView,
  evolveCampaignView,
  type CampaignView,
} from './campaign-view.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { CampaignRow } from './tables.js';

export interface CampaignDecision {
  readonly campaignId: string;
  readonly commands: readonly CampaignCommand[];
  /** 0: whatever the version is. */
  readonly expectedVersion?: number;
}

/** The one way in which a campaign changes: its stream and its row, in one transaction. */
export async function decideOnCampaign(
  { campaigns }: Pick<Ports, 'campaigns'>,
  scope: Scope,
  { campaignId, commands, expectedVersion = 0 }: CampaignDecision,
): Promise<CampaignRow> {
  const streamId = campaignStream(campaignId);
  const read = await scope.tx.read<CampaignEvent>(scope.tenantId, streamId);
  const before = read.events.reduce(evolveCampaignView, emptyCampaignView);
  refuseOther(before, campaignId, { commands, expectedVersion });
  let view = before;
  for (const command of commands) view = await apply(scope, streamId, { view, command });
  const row = campaignRowOf(view) as CampaignRow;
  const known = await campaigns.find(scope, campaignId);
  // The name is a label that people may change; it is no fact and has no event after the first.
  const named = { ...row, name: known?.name ?? row.name };
  if (view.version === before.version) return named;
  await campaigns.save(scope, named, view.sequences);
  return named;
}

export function campaignStream(campaignId: string): string {
  return `${campaignCategory}-${campaignId}`;
}

/** The campaign's row, or the same refusal for one that does not exist and one of another workspace (P10). */
export async function findCampaign(
  { campaigns }: Pick<Ports, 'campaigns'>,
  scope: Scope,
  campaignId: string,
): Promise<CampaignRow> {
  const row = await campaigns.find(scope, campaignId);
  if (row === undefined) throw new NotFoundError('campaign', campaignId);
  return row;
}

function refuseOther(
  view: CampaignView,
  campaignId: string,
  { commands, expectedVersion }: Pick<Required<CampaignDecision>, 'commands' | 'expectedVersion'>,
): void {
  const creates = commands[0]?.type === 'CreateCampaign';
  if (view.version === 0 && !creates) throw new NotFoundError('campaign', campaignId);
  if (expectedVersion === 0 || expectedVersion === view.version) return;
  throw new DomainError(
    'campaign/changed',
    `Expected version ${expectedVersion}, found ${view.version}: read it again and decide again.`,
    { campaignId, expectedVersion, version: view.version },
  );
}

async function apply(
  { tx, tenantId, meta }: Scope,
  streamId: string,
  { view, command }: { view: CampaignView; command: CampaignCommand },
): Promise<CampaignView> {
  const facts = campaign.decide(command, view.state);
  if (facts.length === 0) return view;
  const events = facts.map((fact) => ({ ...fact, meta }));
  const recorded = await tx.append(tenantId, streamId, events, view.version);
  return (recorded as StreamEvent<CampaignEvent>[]).reduce(evolveCampaignView, view);
}
