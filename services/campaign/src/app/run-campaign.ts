import { type CampaignCommand } from '@overture/domain-campaign';
import { shown, type ShownCampaign } from './campaigns.js';
import { decideOnCampaign } from './decide-campaign.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow } from './tables.js';

interface Wanted {
  readonly campaignId: string;
  readonly expectedVersion?: number;
}

/** Once this is answered no new intent of the campaign can be recorded; leads and plans are not touched (P5, P7). */
export function pauseCampaign(
  ports: Ports,
  caller: Caller,
  { campaignId, cause }: Wanted & { cause: string },
): Promise<ShownCampaign> {
  const at = ports.clock.now();
  return changeGate(ports, caller, {
    campaignId,
    command: { type: 'PauseCampaign', data: { cause: cause || 'paused_by_hand', at } },
  });
}

export function resumeCampaign(ports: Ports, caller: Caller, wanted: Wanted) {
  const command: CampaignCommand = { type: 'ResumeCampaign', data: { at: ports.clock.now() } };
  return changeGate(ports, caller, { ...wanted, command });
}

export function archiveCampaign(ports: Ports, caller: Caller, wanted: Wanted) {
  const command: CampaignCommand = { type: 'ArchiveCampaign', data: { at: ports.clock.now() } };
  return changeGate(ports, caller, { ...wanted, command });
}

/** Launched, or launched already: the gate is open unless somebody has paused it since. */
export async function openCampaign(
  ports: Ports,
  scope: Scope,
  { campaignId, expectedVersion = 0 }: Wanted,
): Promise<CampaignRow> {
  const command: CampaignCommand = { type: 'LaunchCampaign', data: { at: ports.clock.now() } };
  return decideAndSet(ports, scope, { campaignId, expectedVersion, command });
}

interface GateChange extends Wanted {
  readonly command: CampaignCommand;
}

function changeGate(ports: Ports, caller: Caller, change: GateChange): Promise<ShownCampaign> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await decideAndSet(ports, scope, change);
    scope.tx.afterCommit(() => ports.work.wake('start'));
    return shown(ports, scope, row);
  });
}

// The gate's row first: it waits for the intents that hold it, and the stream's lock comes after (fixed lock order).
async function decideAndSet(
  ports: Ports,
  scope: Scope,
  { campaignId, expectedVersion = 0, command }: GateChange,
): Promise<CampaignRow> {
  const gate = await ports.gates.lock(scope, { kind: 'campaign', gateId: campaignId });
  const wanted = { campaignId, commands: [command], expectedVersion };
  const row = await decideOnCampaign(ports, scope, wanted);
  const open = row.status === 'draft' || row.status === 'launched';
  if (open === gate.open) return row;
  const cause = open ? '' : causeOf(row, command);
  await ports.gates.set(scope, { ...gate, open, cause, epoch: gate.epoch + 1 });
  return row;
}

function causeOf({ status }: CampaignRow, command: CampaignCommand): string {
  return command.type === 'PauseCampaign' ? command.data.cause : status;
}
