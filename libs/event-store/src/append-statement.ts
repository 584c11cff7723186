import type pg from 'pg';
import type { Instant } from '@overture/kernel';
import type { StreamEvent } from './events.js';

/** One request of an append, encoded: what the SQL function `append_events` takes. */
export interface EncodedAppend {
  readonly tenantId: string;
  readonly streamId: string;
  readonly expectedVersion: number;
  readonly events: readonly StreamEvent[];
}

export interface AppendRow {
  readonly appended: boolean;
  readonly version: number;
  readonly bucket: number | null;
  readonly first_position: number | null;
}

/** The one statement that writes events. No two requests of a call may name the same stream. */
export function appendStatement(requests: readonly EncodedAppend[], recordedAt: Instant) {
  const events = requests.flatMap((request) => request.events);
  const requestOf = requests.flatMap(({ events: own }, index) => own.map(() => index + 1));
  return {
    name: 'overture-append-events',
    text: 'select * from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    values: [
      requests.map((request) => request.tenantId),
      requests.map((request) => request.streamId),
      requests.map((request) => request.expectedVersion),
      requests.map((request) => request.events.length),
      requestOf,
      events.map((event) => event.version),
      events.map((event) => event.id),
      events.map((event) => event.type),
      events.map((event) => event.schemaVersion),
      JSON.stringify(events.map((event) => event.data)),
      JSON.stringify(events.map((event) => event.meta)),
      recordedAt,
    ],
  };
}

/** One row per request, in the order of the requests. */
export function appendedRows(result: pg.QueryResult): AppendRow[] {
  return result.rows as AppendRow[];
}
