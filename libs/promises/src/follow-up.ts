import type { Broken, Log } from './log.js';

const ends = new Set([
  'replied',
  'completed',
  'stopped',
  'failed',
  'skipped',
  'expired',
  'withdrawn',
]);

/** I7: whoever has not ended has a time or the name of what it waits for. */
export function nobodyForgotten({ histories }: Log): Broken[] {
  return histories
    .filter(({ status, reason, nextActionAt }) => {
      if (ends.has(status)) return false;
      return nextActionAt === undefined && reason === '';
    })
    .map(({ enrollmentId, status }) => ({
      promise: 'I7',
      found: `${enrollmentId} is ${status} and waits for nothing`,
    }));
}

/** I16: versions of a stream run from 1 without holes, in the order of time. */
export function wholeHistories({ histories }: Log): Broken[] {
  return histories.flatMap(({ enrollmentId, events }) => {
    const hole = events.find(({ version }, index) => version !== index + 1);
    const back = events.find(({ at }, index) => at < (events[index - 1]?.at ?? ''));
    const wrong = hole ?? back;
    if (wrong === undefined) return [];
    return [{ promise: 'I16', found: `${enrollmentId} has ${wrong.type} ${wrong.version} amiss` }];
  });
}

/** I12: the partner got every event it asked for, those of one lead's way in order. */
export function partnerToldInOrder({ histories, deliveries, rules }: Log): Broken[] {
  const told = new Set(deliveries.map(({ eventId }) => eventId));
  const untold = histories
    .flatMap(({ events }) => events)
    .filter(({ type, eventId }) => rules.partnerTypes.has(type) && !told.has(eventId))
    .map(({ type, eventId }) => ({
      promise: 'I12',
      found: `${type} ${eventId} was not delivered`,
    }));
  return [...untold, ...outOfOrder(deliveries)];
}

function outOfOrder(deliveries: Log['deliveries']): Broken[] {
  const last = new Map<string, number>();
  const seen = new Set<string>();
  return deliveries.flatMap(({ eventId, enrollmentId, sequence }) => {
    if (seen.has(eventId)) return [];
    seen.add(eventId);
    const before = last.get(enrollmentId) ?? 0;
    last.set(enrollmentId, Math.max(before, sequence));
    if (sequence > before) return [];
    return [{ promise: 'I12', found: `${enrollmentId}: ${sequence} came after ${before}` }];
  });
}
