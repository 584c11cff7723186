import { InvalidInputError } from '@overture/kernel';
import {
  readSequenceFile,
  writeSequenceFile,
  type Sequence,
  type SequenceFile,
} from '@overture/domain-campaign';
import { createCampaign, updateCampaign, type ShownCampaign } from './campaigns.js';
import { findCampaign } from './decide-campaign.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';
import type { CampaignRow } from './tables.js';

export interface ShownVersion {
  readonly sequence: Sequence;
  readonly revisedAt: string;
  readonly newest: boolean;
  /** Under way on it. */
  readonly leads: number;
}

/** A draft with everything of another campaign but its leads (F017). */
export async function cloneCampaign(
  ports: Ports,
  caller: Caller,
  wanted: { campaignId: string; name: string; identityIds: readonly string[] },
): Promise<ShownCampaign> {
  const { row, sequence } = await read(ports, caller, wanted.campaignId, 0);
  const { version: _, ...draft } = sequence;
  const { type, schedule, settings } = row;
  const identityIds = wanted.identityIds.length > 0 ? wanted.identityIds : row.identityIds;
  const name = wanted.name || `${row.name.slice(0, nameRoom)} copy`;
  const copy = { name, type, identityIds, sequence: draft, schedule };
  const chosen = Object.keys(settings).length > 0 && { settings };
  return createCampaign(ports, caller, { ...copy, ...chosen });
}

const nameRoom = 190;

/** Newest first, with how many leads follow each (F016). */
export function listVersions(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<ShownVersion[]> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await findCampaign(ports, scope, campaignId);
    const versions = await ports.campaigns.versions(scope, campaignId);
    const followers = await ports.campaigns.followers(scope, campaignId);
    return versions.map(({ sequence, revisedAt }) => ({
      sequence,
      revisedAt: revisedAt ?? row.createdAt,
      newest: sequence.version === row.sequenceVersion,
      leads: followers.get(sequence.version) ?? 0,
    }));
  });
}

export async function exportSequence(
  ports: Ports,
  caller: Caller,
  { campaignId, version }: { campaignId: string; version: number },
): Promise<SequenceFile> {
  const { row, sequence } = await read(ports, caller, campaignId, version);
  return writeSequenceFile(row.type, sequence);
}

/** Puts a file's sequence in the place of the campaign's own; in a launched one it is its next version. */
export async function importSequence(
  ports: Ports,
  caller: Caller,
  wanted: { campaignId: string; fileJson: string; expectedVersion: number },
): Promise<ShownCampaign> {
  const { campaignId, expectedVersion } = wanted;
  const { type, sequence } = readSequenceFile(parsed(wanted.fileJson));
  const { row } = await read(ports, caller, campaignId, 0);
  if (row.type !== type) {
    const message = `This is the sequence of a ${type}; the campaign is a ${row.type}.`;
    throw new InvalidInputError([{ path: '/type', message }]);
  }
  return updateCampaign(ports, caller, { campaignId, expectedVersion, name: '', sequence });
}

function parsed(fileJson: string): unknown {
  try {
    return JSON.parse(fileJson);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new InvalidInputError([{ path: '/', message: `No JSON: ${cause.message}` }]);
  }
}

function read(
  ports: Ports,
  caller: Caller,
  campaignId: string,
  version: number,
): Promise<{ row: CampaignRow; sequence: Sequence }> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await findCampaign(ports, scope, campaignId);
    const versions = await ports.campaigns.versions(scope, campaignId);
    const wanted = version === 0 ? row.sequenceVersion : version;
    const found = versions.find(({ sequence }) => sequence.version === wanted);
    if (found !== undefined) return { row, sequence: found.sequence };
    throw new InvalidInputError([{ path: '/version', message: `There is no version ${wanted}.` }]);
  });
}
