import type pg from 'pg';
import type { Instant } from '@overture/kernel';
import type { StreamEvent } from './events.js';

/** One request of an append, encoded: what the SQL function `append_events` takes. */
export interface EncodedAppend {
  readonly tenantId: string;
  readonly streamId: string;
  readonly expectedVersion: number;
  readonly recordedAt: Instant;
  readonly events: readonly StreamEvent[];
}

export interface AppendRow {
  readonly appended: boolean;
  readonly version: number;
  readonly bucket: number | null;
  readonly first_position: number | null;
}

/** The one statement that writes events. No two requests of a call may name the same stream. */
export function appendStatement(requests: readonly EncodedAppend[]) {
  const events = requests.flatMap((request) => request.events);
  const requestOf = requests.flatMap(({ events: own }, index) => own.map(() => index + 1));
  return {
    name: 'overture-append-events',
    text: 'select * from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    values: [
      textArray(requests.map((request) => request.tenantId)),
      textArray(requests.map((request) => request.streamId)),
      numberArray(requests.map((request) => request.expectedVersion)),
      numberArray(requests.map((request) => request.events.length)),
      textArray(requests.map((request) => request.recordedAt)),
      numberArray(requestOf),
      numberArray(events.map((event) => event.version)),
      textArray(events.map((event) => event.id)),
      textArray(events.map((event) => event.type)),
      numberArray(events.map((event) => event.schemaVersion)),
      JSON.stringify(events.map((event) => event.data)),
      JSON.stringify(events.map((event) => event.meta)),
    ],
  };
}

// The driver looks at each element of an array by itself; joining them all costs a tenth of that.
function numberArray(values: readonly number[]): string {
  return `{${values.join(',')}}`;
}

function textArray(values: readonly string[]): string | readonly string[] {
  const needsEscape = /["\\]/.test(values.join(''));
  return needsEscape ? values : `{"${values.join('","')}"}`;
}

/** One row per request, in the order of the requests. */
export function appendedRows(result: pg.QueryResult): AppendRow[] {
  return result.rows as AppendRow[];
}
