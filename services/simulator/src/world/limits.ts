import { dayMs, earliest, plus, toMs, type Instant } from '@overture/kernel';

/** What Edges counts in rolling windows of 24 hours, per identity. */
export type CountedKind = 'visit' | 'invite' | 'message' | 'search' | 'profile';
export type Tier = 'classic' | 'navigator';

const capacities: Readonly<Record<CountedKind, Readonly<Record<Tier, number>>>> = {
  visit: { classic: 80, navigator: 500 },
  invite: { classic: 25, navigator: 30 },
  message: { classic: 50, navigator: 250 },
  // Pages: 2 000 people of LinkedIn's own search, ten at a time.
  search: { classic: 200, navigator: 250 },
  profile: { classic: 200, navigator: 500 },
};
/** InMails in a month; one that is answered costs nothing. */
export const inmailsPerMonth: Readonly<Record<Tier, number>> = { classic: 5, navigator: 50 };
/** Personalised notes of a free account in a month. */
export const notesPerMonth = 5;
export const monthMs = 31 * dayMs;
export const weekMs = 7 * dayMs;
/** LinkedIn lets nobody be invited again sooner. */
export const reinviteLockMs = 21 * dayMs;
/** Who goes on this often after a warning is restricted. */
export const overrunsMax = 10;

const rampDays = 5;

export const windowMs = dayMs;

/** Full capacity, or its share on the day of the ramp: a fifth more each day, rounded up. */
export function capacityOf(
  kind: CountedKind,
  tier: Tier,
  ramp?: { since: Instant; now: Instant },
): number {
  const full = capacities[kind][tier];
  if (ramp === undefined) return full;
  return Math.max(1, Math.ceil((full * Math.min(rampDays, rampDay(ramp))) / rampDays));
}

/**
 * When the next slot is free. `blockingUse` is the oldest use that must leave the window first; a growing ramp may
 * free a slot before that.
 */
export function slotFreeAt(blockingUse: Instant, ramp?: { since: Instant; now: Instant }): Instant {
  const leaves = plus(blockingUse, windowMs);
  if (ramp === undefined || rampDay(ramp) >= rampDays) return leaves;
  return earliest(leaves, plus(ramp.since, rampDay(ramp) * dayMs));
}

function rampDay({ since, now }: { since: Instant; now: Instant }): number {
  return Math.max(1, Math.floor((toMs(now) - toMs(since)) / dayMs) + 1);
}
