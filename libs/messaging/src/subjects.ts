import type { DescMethod } from '@bufbuild/protobuf';

/** The one JetStream stream all facts travel on; its settings are data in deploy/nats/stream.json. */
export const eventStreamName = 'OVERTURE_EVENTS';

/** Delivery partitions of the whole installation. Never changes: a stream's partition is for ever. */
export const partitionsTotal = 64;

export const partitions: readonly number[] = Array.from({ length: partitionsTotal }, (_, p) => p);

/** The same stream always travels in the same partition (FNV-1a, then the finalizer of MurmurHash3). */
export function partitionOf(tenantId: string, streamId: string): number {
  return spread(fnv(streamId, fnv('\n', fnv(tenantId, 0x811c9dc5)))) % partitionsTotal;
}

/** Two digits, as in subjects and durable names. */
export function partitionLabel(partition: number): string {
  return partition.toString().padStart(2, '0');
}

export function durableName(service: string, partition: number): string {
  return `${service}-p${partitionLabel(partition)}`;
}

/** Everything that travels in one partition. */
export function partitionFilter(partition: number): string {
  return `overture.event.*.v1.*.${partitionLabel(partition)}`;
}

/** `overture.campaign.v1.LeadEnrolled` → `overture.event.campaign.v1.LeadEnrolled.07`. */
export function eventSubject(typeName: string, partition: number): string {
  const { context, name } = parseTypeName(typeName);
  return `overture.event.${context}.v1.${name}.${partitionLabel(partition)}`;
}

/** `CampaignService.LaunchCampaign` → `overture.command.campaign.v1.LaunchCampaign`. */
export function commandSubject(method: DescMethod): string {
  return `overture.command.${contextOf(method.parent.typeName)}.v1.${method.name}`;
}

/** What every service answers about itself has the service in the subject, not the package. */
export function opsSubject(service: string, method: DescMethod): string {
  return `overture.command.${service}.ops.v1.${method.name}`;
}

/** The bounded context, which is also the service, that a type belongs to. */
export function contextOf(typeName: string): string {
  return parseTypeName(typeName).context;
}

interface TypeName {
  readonly context: string;
  readonly name: string;
}

const typeNames = new Map<string, TypeName>();

function parseTypeName(typeName: string): TypeName {
  const known = typeNames.get(typeName);
  if (known !== undefined) return known;
  const parsed = splitTypeName(typeName);
  // Only what parses is kept: the contracts know a few hundred types.
  typeNames.set(typeName, parsed);
  return parsed;
}

function splitTypeName(typeName: string): TypeName {
  const [root, context, version, name] = typeName.split('.');
  if (root !== 'overture' || !context || version !== 'v1' || !name) {
    throw new Error(`Expected a type of overture.<context>.v1, found "${typeName}".`);
  }
  return { context, name };
}

function fnv(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

function spread(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
