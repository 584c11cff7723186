import type { Instant } from '@overture/kernel';
import { actionIdIn, describeEffect, effectsOf, type Broken, type Log } from './log.js';

/** I15: a draft older than its expiry is never sent. */
export function noStaleDraft(log: Log): Broken[] {
  const expiry = new Map([...expiriesIn(log), ...expiriesGiven(log)]);
  return effectsOf(log).flatMap((effect) => {
    const expiresAt = expiry.get(effect.actionId);
    if (expiresAt === undefined || effect.at <= expiresAt) return [];
    return [{ promise: 'I15', found: `${describeEffect(effect)}, its draft ended ${expiresAt}` }];
  });
}

/** I11: what is sent of a draft is what a person has approved. */
export function asApproved({ histories }: Log): Broken[] {
  return histories.flatMap(({ events }) => {
    const approved = new Map<string, unknown>();
    return events.flatMap((event) => {
      const { type, data } = event;
      const actionId = actionIdIn(event);
      if (type === 'DraftApproved') approved.set(actionId, data['textSha256']);
      const before = type === 'ActionPlanned' && approved.get(String(data['restores']));
      if (before) approved.set(actionId, before);
      const hash = approved.get(actionId);
      const same = hash === undefined || hash === data['textSha256'];
      if (type !== 'ActionIntended' || same) return [];
      return [{ promise: 'I11', found: `${actionId} is not what was approved` }];
    });
  });
}

function expiriesGiven({ drafts = [] }: Log): [string, Instant][] {
  return drafts.map(({ actionId, expiresAt }) => [actionId, expiresAt]);
}

// A plan that is brought back is as old as the one it brings back.
function expiriesIn({ histories }: Log): Map<string, Instant> {
  const expiries = new Map<string, Instant>();
  for (const event of histories.flatMap(({ events }) => events)) {
    const { type, data } = event;
    const known = type === 'DraftOpened' ? data['expiresAt'] : undefined;
    const before = type === 'ActionPlanned' ? expiries.get(String(data['restores'])) : undefined;
    const expiresAt = known ?? before;
    if (expiresAt !== undefined) expiries.set(actionIdIn(event), expiresAt as Instant);
  }
  return expiries;
}
