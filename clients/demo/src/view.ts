import Table from 'cli-table3';
import type {
  Budget,
  Campaign,
  CampaignStats,
  ExplainedCampaign,
  Identity,
  OvertureApi,
} from './overture-api.js';
import { reasonsOf } from './reasons.js';
import type { Receiver, ReceiverCounts } from './receiver.js';
import type { DemoState } from './state.js';

/** Everything the table shows, read at one moment. */
export interface Snapshot {
  readonly now: Date;
  readonly campaigns: readonly ShownCampaign[];
  readonly identities: readonly (Identity & { readonly budget: Budget })[];
  readonly partner: ReceiverCounts & { readonly pending: number; readonly failed: number };
}

interface ShownCampaign extends CampaignStats {
  readonly name: string;
  /** What its leads wait for. */
  readonly reasons: readonly string[];
}

export async function snapshot(
  api: OvertureApi,
  state: DemoState,
  { now, receiver }: { now: Date; receiver: Receiver },
): Promise<Snapshot> {
  const [campaigns, identities, deliveries] = await Promise.all([
    Promise.all(state.campaignIds.map((id) => readCampaign(api, id))),
    Promise.all(state.identityIds.map((id) => readIdentity(api, id))),
    api.get<{ pending: number; failed: number }>(`webhook-endpoints/${state.endpointId}/stats`),
  ]);
  const { pending, failed } = deliveries;
  return { now, campaigns, identities, partner: { ...receiver.counted, pending, failed } };
}

// Together with its borders the table fits a hundred columns.
const colWidths = [18, 79];

/** The table on a terminal. */
export function render({ now, campaigns, identities, partner }: Snapshot): string {
  const table = new Table({ style: { head: [], border: [] }, wordWrap: true, colWidths });
  table.push([{ content: `Simulated time  ${clockText(now)}`, colSpan: 2 }]);
  for (const campaign of campaigns) table.push([campaign.name, campaignText(campaign)]);
  for (const { name, status, budget } of identities) {
    table.push([name, `${status}   ${budgetText(budget)}`]);
  }
  table.push(['Partner webhook', partnerText(partner)]);
  return table.toString();
}

/** One line, where there is no terminal. */
export function renderLine({ now, campaigns, identities, partner }: Snapshot): string {
  const parts = campaigns.map(
    ({ name, sent, replied, reasons }) =>
      `${name}: sent ${sent}, replied ${replied}${reasons[0] ? `, ${reasons[0]}` : ''}`,
  );
  const paused = identities
    .filter(({ status }) => status !== 'connected')
    .map(({ name }) => `${name} paused`);
  return [clockText(now), ...parts, ...paused, `webhooks verified ${partner.verified}`].join(' | ');
}

async function readCampaign(api: OvertureApi, id: string): Promise<ShownCampaign> {
  const [campaign, stats, explained] = await Promise.all([
    api.get<Campaign>(`campaigns/${id}`),
    api.get<CampaignStats>(`campaigns/${id}/stats`),
    api.get<ExplainedCampaign>(`campaigns/${id}/explain`),
  ]);
  return {
    ...stats,
    name: campaign.name,
    reasons: reasonsOf(explained, campaign.schedule?.fallbackZone),
  };
}

async function readIdentity(api: OvertureApi, id: string) {
  const [identity, budget] = await Promise.all([
    api.get<Identity>(`identities/${id}`),
    api.get<Budget>(`identities/${id}/budget`),
  ]);
  return { ...identity, budget };
}

const reasonsMax = 6;

function campaignText({ leads, sent, accepted, replied, reasons }: ShownCampaign): string {
  const counts = leads.map(({ status, count }) => `${status} ${count}`).join('  ');
  const numbers = `sent ${sent}   accepted ${accepted}   replied ${replied}`;
  const why = reasons.slice(0, reasonsMax).map((reason) => `  ${reason}`);
  return [counts, numbers, ...(why.length > 0 ? ['Why the others wait:', ...why] : [])].join('\n');
}

function budgetText({ kinds }: Budget): string {
  const used = kinds
    .filter(({ used24h, waiting }) => used24h + waiting > 0)
    .map(({ kind, used24h, cap24h }) => `${kind} ${used24h}/${cap24h}`);
  return used.length > 0 ? `last 24 h: ${used.join('  ')}` : 'nothing in the last 24 h';
}

function partnerText({
  verified,
  refused,
  outOfOrder,
  repeated,
  pending,
  failed,
  lastType,
}: Snapshot['partner']): string {
  const trouble = `refused ${refused}   out of order ${outOfOrder}   repeated ${repeated}`;
  return `verified ${verified}   ${trouble}\npending ${pending}   failed ${failed}   last: ${lastType || '–'}`;
}

function clockText(now: Date): string {
  return `${now.toUTCString().slice(0, 3)} ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
