import Table from 'cli-table3';
import type { Budget, CampaignStats, Identity, OvertureApi } from './overture-api.js';
import type { Receiver, ReceiverCounts } from './receiver.js';
import type { DemoState } from './state.js';

/** Everything the table shows, read at one moment. */
export interface Snapshot {
  readonly now: Date;
  readonly campaigns: readonly (CampaignStats & { readonly name: string })[];
  readonly identities: readonly (Identity & { readonly budget: Budget })[];
  readonly partner: ReceiverCounts & { readonly pending: number; readonly failed: number };
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

/** The table on a terminal. */
export function render({ now, campaigns, identities, partner }: Snapshot): string {
  const table = new Table({ style: { head: [], border: [] }, wordWrap: true });
  table.push([{ content: `Simulated time  ${clockText(now)}`, colSpan: 2 }]);
  for (const { name, leads, sent, accepted, replied } of campaigns) {
    const counts = leads.map(({ status, count }) => `${status} ${count}`).join('  ');
    table.push([name, `${counts}\nsent ${sent}   accepted ${accepted}   replied ${replied}`]);
  }
  for (const { name, status, budget } of identities) {
    table.push([name, `${status}\n${budgetText(budget)}`]);
  }
  table.push(['Partner webhook', partnerText(partner)]);
  return table.toString();
}

/** One line, where there is no terminal. */
export function renderLine({ now, campaigns, identities, partner }: Snapshot): string {
  const parts = campaigns.map(
    ({ name, sent, accepted, replied }) =>
      `${name}: sent ${sent}, accepted ${accepted}, replied ${replied}`,
  );
  const paused = identities
    .filter(({ status }) => status !== 'connected')
    .map(({ name }) => `${name} paused`);
  return [clockText(now), ...parts, ...paused, `webhooks verified ${partner.verified}`].join(' | ');
}

async function readCampaign(api: OvertureApi, id: string) {
  const [campaign, stats] = await Promise.all([
    api.get<{ name: string }>(`campaigns/${id}`),
    api.get<CampaignStats>(`campaigns/${id}/stats`),
  ]);
  return { ...stats, name: campaign.name };
}

async function readIdentity(api: OvertureApi, id: string) {
  const [identity, budget] = await Promise.all([
    api.get<Identity>(`identities/${id}`),
    api.get<Budget>(`identities/${id}/budget`),
  ]);
  return { ...identity, budget };
}

function budgetText({ kinds }: Budget): string {
  const used = kinds.map(({ kind, used24h, cap24h }) => `${kind} ${used24h}/${cap24h}`).join('  ');
  const waiting = kinds.reduce((sum, { waiting: count }) => sum + count, 0);
  const reason = kinds.find(({ nextReason }) => nextReason)?.nextReason;
  return `last 24 h: ${used}\nwaiting ${waiting}${reason ? ` (${reason})` : ''}`;
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
