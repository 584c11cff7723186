import { randomUUID } from 'node:crypto';
import { event } from './sample-event.js';

/** Lets so many callers side by side work on items, each taking the next one when it is done. */
export async function inParallel<T>(
  items: Iterable<T> | AsyncIterable<T>,
  callers: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const source = iteratorOf(items);
  const caller = async () => {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

function iteratorOf<T>(items: Iterable<T> | AsyncIterable<T>): AsyncIterator<T> | Iterator<T> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}

/** A list in chunks. */
export function* chunksOf<T>(all: readonly T[], size: number): Generator<readonly T[], void> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

interface Filling {
  readonly amount: number;
  readonly perStream: number;
  readonly callers: number;
}

/** Appends that many sample events in fresh streams of a few each. */
export function fillStreams(
  { amount, perStream, callers }: Filling,
  append: (streamId: string, events: (typeof event)[]) => Promise<unknown>,
): Promise<void> {
  const events = Array.from({ length: perStream }, () => event);
  const streams = Array.from({ length: amount / perStream }, freshStream);
  return inParallel(streams, callers, (streamId) => append(streamId, events));
}

export function freshStream(): string {
  return `enrollment-${randomUUID()}`;
}
