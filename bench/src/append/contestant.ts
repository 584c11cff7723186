import type { Url } from '../shared/postgres.js';
import { freshStream } from '../shared/callers.js';

/** One way of appending: `newCaller` gives a caller with streams of its own that appends `batch` events a call. */
export interface Contestant {
  readonly name: string;
  newCaller(batch: number): () => Promise<void>;
  close(): Promise<void>;
}

export type Maker = (url: Url) => Promise<Contestant>;

/** Connections of whoever needs one for each caller. */
export const connectionsMax = 32;

const callsPerStream = 20;

/** Where a caller's next call appends: behind its last one, in a fresh stream every so many calls. */
export function streamWalk(batch: number): () => { streamId: string; version: number } {
  let calls = 0;
  let streamId = '';
  return () => {
    const call = calls++ % callsPerStream;
    if (call === 0) streamId = freshStream();
    return { streamId, version: call * batch };
  };
}
