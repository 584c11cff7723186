import { InvalidInputError } from '@overture/kernel';
import {
  adviseHours,
  checkSequence,
  type CampaignCommand,
  type CampaignSettings,
  type Sequence,
  type SequenceDraft,
  type Step,
} from '@overture/domain-campaign';
import type { Schedule } from '@overture/policy';
import { decideOnCampaign, findCampaign } from './decide-campaign.js';
import { refuseUncleanLine, refuseUncleanTexts } from './input.js';
import { adviceOn, unreadyFor, type Unready } from './lacking-after-move.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { CampaignRow, GateName, PageOf, PageWanted } from './tables.js';

export interface NewCampaign {
  readonly name: string;
  readonly type: string;
  readonly identityIds: readonly string[];
  readonly sequence: SequenceDraft;
  readonly schedule?: Schedule;
  readonly settings?: CampaignSettings;
}

/** A campaign with its sequence, as people see it. */
export interface ShownCampaign extends CampaignRow {
  readonly sequence: Sequence;
  readonly warnings: readonly string[];
  /** Of a running campaign that has just got another version. */
  readonly unready?: Unready;
}

export async function createCampaign(
  ports: Ports,
  caller: Caller,
  wanted: NewCampaign,
): Promise<ShownCampaign> {
  const at = ports.clock.now();
  const campaignId = newId(at);
  const { schedule, settings, ...known } = wanted;
  refuseUnclean(wanted);
  const data = {
    ...known,
    campaignId,
    ...(schedule && { schedule }),
    ...(settings && { settings }),
    at,
  };
  return inTransaction(ports, caller, async (scope) => {
    const commands: CampaignCommand[] = [{ type: 'CreateCampaign', data }];
    const row = await decideOnCampaign(ports, scope, { campaignId, commands });
    await ports.gates.ensure(scope, gatesOf(scope, row));
    return shown(ports, scope, row);
  });
}

export interface CampaignChange {
  readonly campaignId: string;
  readonly expectedVersion: number;
  /** Empty: as it is. */
  readonly name: string;
  readonly sequence?: SequenceDraft;
  readonly schedule?: Schedule;
  readonly settings?: CampaignSettings;
}

export async function updateCampaign(
  ports: Ports,
  caller: Caller,
  { campaignId, expectedVersion, name, sequence, schedule, settings }: CampaignChange,
): Promise<ShownCampaign> {
  const at = ports.clock.now();
  refuseUnclean({ name, ...(sequence && { sequence }) });
  const commands: CampaignCommand[] = [
    ...(sequence ? [{ type: 'ReviseSequence', data: { sequence, at } } as const] : []),
    ...(schedule ? [{ type: 'ChangeSchedule', data: { schedule, at } } as const] : []),
    ...(settings ? [{ type: 'ChangeSettings', data: { settings, at } } as const] : []),
  ];
  const { before, after } = await inTransaction(ports, caller, async (scope) => {
    const known = await findCampaign(ports, scope, campaignId);
    const row = await decideOnCampaign(ports, scope, { campaignId, commands, expectedVersion });
    const changed = await shown(ports, scope, await renamed(ports, scope, row, name));
    return { before: known.sequenceVersion, after: changed };
  });
  const { version } = after.sequence;
  if (version === before) return after;
  const unready = await unreadyFor(ports, caller, { campaignId, version });
  return { ...after, unready, warnings: [...after.warnings, ...adviceOn(unready)] };
}

export function getCampaign(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<ShownCampaign> {
  return inTransaction(ports, caller, async (scope) =>
    shown(ports, scope, await findCampaign(ports, scope, campaignId)),
  );
}

export function listCampaigns(
  ports: Ports,
  caller: Caller,
  page: PageWanted,
): Promise<PageOf<ShownCampaign>> {
  return inTransaction(ports, caller, async (scope) => {
    const { items, nextCursor } = await ports.campaigns.list(scope, page);
    const all: ShownCampaign[] = [];
    for (const row of items) all.push(await shown(ports, scope, row));
    return { items: all, nextCursor };
  });
}

/** The same for a campaign that has just been decided on. */
export async function shown(
  { campaigns }: Pick<Ports, 'campaigns'>,
  scope: Scope,
  row: CampaignRow,
): Promise<ShownCampaign> {
  const sequence = await campaigns.sequence(scope, row.campaignId, row.sequenceVersion);
  const { warnings } = checkSequence(row.type, sequence);
  return { ...row, sequence, warnings: [...warnings, ...adviseHours(row.schedule)] };
}

/** Every gate that an intent of this campaign passes. */
export function gatesOf(
  { tenantId }: Pick<Caller, 'tenantId'>,
  row: Pick<CampaignRow, 'campaignId' | 'identityIds'>,
): GateName[] {
  return [
    { kind: 'workspace', gateId: tenantId },
    { kind: 'campaign', gateId: row.campaignId },
    ...row.identityIds.flatMap((gateId): GateName[] => [
      { kind: 'identity', gateId },
      { kind: 'login', gateId },
    ]),
  ];
}

function refuseUnclean({ name, sequence }: { name: string; sequence?: SequenceDraft }): void {
  refuseUncleanLine('/name', name);
  refuseUncleanTexts('/sequence/steps', (sequence?.steps ?? []).map(textIn));
}

/** Everything of a step that people read. */
function textIn({ text, subject = '', postUrl = '', variants = [] }: Step): string {
  const others = variants.flatMap((each) => [each.text, each.subject ?? '']);
  return [text, subject, postUrl, ...others].join('\n');
}

async function renamed(
  { campaigns }: Pick<Ports, 'campaigns'>,
  scope: Scope,
  row: CampaignRow,
  name: string,
): Promise<CampaignRow> {
  if (name === '' || name === row.name) return row;
  if (name.trim() === '' || name.length > nameLengthMax) {
    const message = `Expected 1 to ${nameLengthMax} characters.`;
    throw new InvalidInputError([{ path: '/name', message }]);
  }
  const changed = { ...row, name };
  await campaigns.save(scope, changed);
  return changed;
}

const nameLengthMax = 200;
