import type { Broken, HistoryEvent, Log } from './log.js';

/** I16: what was read once is there still, word for word. `before` is an earlier reading of the same run. */
export function nothingChanged(before: Log, now: Log): Broken[] {
  const events = new Map(eventsOf(now).map((event) => [event.eventId, event]));
  return eventsOf(before).flatMap((event) => {
    const kept = events.get(event.eventId);
    if (kept !== undefined && textOf(kept) === textOf(event)) return [];
    const what = kept === undefined ? 'is gone' : 'was changed';
    return [{ promise: 'I16', found: `${event.type} ${event.eventId} ${what}` }];
  });
}

function eventsOf({ histories }: Log): HistoryEvent[] {
  return histories.flatMap(({ events }) => events);
}

/** The same for the same content, in whatever order a store hands the keys back. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}:${textOf(inner)}`).join()}}`;
}
