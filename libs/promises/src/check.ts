import { asRelated, withinCaps, withinHours } from './bounds.js';
import { asApproved, noStaleDraft } from './drafts.js';
import { nobodyForgotten, partnerToldInOrder, wholeHistories } from './follow-up.js';
import type { Broken, Log } from './log.js';
import { asIntended, asRecorded, atMostOnce, ofOurs } from './sends.js';
import { pausesKept, silentAfterReply, silentWhileClosed } from './stops.js';
import { triesSettled } from './tries.js';

const promises: readonly ((log: Log) => Broken[])[] = [
  atMostOnce,
  ofOurs,
  asIntended,
  asRecorded,
  silentAfterReply,
  silentWhileClosed,
  pausesKept,
  withinCaps,
  withinHours,
  asRelated,
  nobodyForgotten,
  wholeHistories,
  partnerToldInOrder,
  triesSettled,
  noStaleDraft,
  asApproved,
];

/** Every promise that a finished run did not keep; empty when all is well. */
export function brokenPromises(log: Log): Broken[] {
  return promises.flatMap((promise) => promise(log));
}
