import { describeEffect, effectsOf, type Broken, type Log } from './log.js';

/** I15: a draft older than its expiry is never sent. */
export function noStaleDraft(log: Log): Broken[] {
  const expiry = new Map(log.drafts?.map(({ actionId, expiresAt }) => [actionId, expiresAt]));
  return effectsOf(log).flatMap((effect) => {
    const expiresAt = expiry.get(effect.actionId);
    if (expiresAt === undefined || effect.at <= expiresAt) return [];
    return [{ promise: 'I15', found: `${describeEffect(effect)}, its draft ended ${expiresAt}` }];
  });
}
