import type { Instant } from '@overture/kernel';

/**
 * The beginning of a stream, up to its last event of that time (M7): a writer whose clock ran behind does not cut off
 * those before it.
 */
export function eventsUntil<E extends { readonly data: { readonly at: Instant } }>(
  events: readonly E[],
  at: Instant,
): readonly E[] {
  return events.slice(0, events.findLastIndex(({ data }) => data.at <= at) + 1);
}
