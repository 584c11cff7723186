import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  DeadLetterPageSchema,
  DeadLetterSchema,
  OpsService,
  ReadStreamResponseSchema,
  ReleaseDeadLetterResponseSchema,
  StreamMessageSchema,
  type ListDeadLettersRequest,
  type ReadStreamRequest,
  type ReleaseDeadLetterRequest,
} from '@overture/contracts';
import { PostgresEventStore, type Database } from '@overture/event-store';
import type { CommandContext } from './contexts.js';
import type { DeadLetterRow, DeadLetters } from './dead-letters.js';
import { encodeEvent, type PublishMap } from './envelope.js';
import type { HeaderRecord } from './headers.js';
import type { Release } from './release.js';
import type { CommandHandler, Route } from './rpc-server.js';
import { opsSubject } from './subjects.js';

export interface OpsOptions {
  readonly service: string;
  readonly database: Database;
  readonly publish: PublishMap | undefined;
  readonly deadLetters?: DeadLetters | undefined;
  readonly release?: Release | undefined;
}

const streamEventsMax = 500;
// A NATS message may hold a mebibyte; the answer's own JSON and its escapes need room too.
const streamCharactersMax = 400_000;
const deadLettersMax = 200;

/** What every service answers about itself: its streams, and the events it could not handle. */
export function opsRoutes(options: OpsOptions): Route[] {
  const { method } = OpsService;
  const { publish, deadLetters, release } = options;
  const route = (of: Route['method'], handle: unknown): Route => ({
    subject: opsSubject(options.service, of),
    method: of,
    handle: handle as CommandHandler,
  });
  return [
    ...(publish ? [route(method.readStream, readStream({ ...options, publish }))] : []),
    ...(deadLetters ? [route(method.listDeadLetters, listDeadLetters(deadLetters))] : []),
    ...(release ? [route(method.releaseDeadLetter, releaseDeadLetter(release))] : []),
  ];
}

function readStream({ service, database, publish }: OpsOptions & { publish: PublishMap }) {
  const store = new PostgresEventStore(database);
  return async (
    { streamId, fromVersion, limit }: ReadStreamRequest,
    { tenantId }: CommandContext,
  ): Promise<MessageInitShape<typeof ReadStreamResponseSchema>> => {
    const amount = Math.min(limit > 0 ? limit : streamEventsMax, streamEventsMax);
    const events = await store.readPage({ tenantId, streamId }, fromVersion, amount);
    const messages: MessageInitShape<typeof StreamMessageSchema>[] = [];
    let characters = 0;
    for (const event of events) {
      const { headers, body } = encodeEvent(service, publish, event);
      characters += body.length;
      if (characters > streamCharactersMax && messages.length > 0) break;
      messages.push({ headers: present(headers), bodyJson: body });
    }
    return { messages };
  };
}

function present(headers: HeaderRecord): Record<string, string> {
  const pairs = Object.entries(headers);
  return Object.fromEntries(pairs.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function listDeadLetters(deadLetters: DeadLetters) {
  return async (
    { limit, cursor }: ListDeadLettersRequest,
    { tenantId }: CommandContext,
  ): Promise<MessageInitShape<typeof DeadLetterPageSchema>> => {
    const amount = Math.min(limit > 0 ? limit : deadLettersMax, deadLettersMax);
    const rows = await deadLetters.list(tenantId, amount, cursor);
    const nextCursor = rows.length === amount ? (rows.at(-1)?.dead_letter_id ?? '') : '';
    return { deadLetters: rows.map(toMessage), nextCursor };
  };
}

function releaseDeadLetter(release: Release) {
  return async (
    { deadLetterId }: ReleaseDeadLetterRequest,
    { tenantId }: CommandContext,
  ): Promise<MessageInitShape<typeof ReleaseDeadLetterResponseSchema>> => ({
    handled: await release.run(tenantId, deadLetterId),
  });
}

function toMessage(row: DeadLetterRow) {
  return create(DeadLetterSchema, {
    deadLetterId: row.dead_letter_id,
    context: row.context,
    streamId: row.stream_id,
    version: row.version,
    eventType: row.event_type,
    error: row.error,
    tries: row.tries,
    firstFailedAt: row.first_failed_at,
    lastFailedAt: row.last_failed_at,
    status: row.status,
  });
}
