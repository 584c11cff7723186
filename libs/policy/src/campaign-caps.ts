import type { CampaignCaps } from './effective-limits.js';
import { actionKinds } from './kinds.js';

/** What a campaign asks for by kind of action, as people write it. */
export interface AskedCaps {
  /** In any 24 hours. */
  readonly dailyCaps?: Readonly<Record<string, number>>;
  /** On one day of the identity's own calendar. */
  readonly calendarDayCaps?: Readonly<Record<string, number>>;
}

/** The same for the limits; a kind that is none of ours has no cap. */
export function campaignCaps({ dailyCaps = {}, calendarDayCaps = {} }: AskedCaps): CampaignCaps {
  return Object.fromEntries(
    actionKinds.flatMap((kind) => {
      const [per24h, perDay] = [dailyCaps[kind], calendarDayCaps[kind]];
      if (per24h === undefined && perDay === undefined) return [];
      const caps = {
        ...(per24h !== undefined && { per24h }),
        ...(perDay !== undefined && { perDay }),
      };
      return [[kind, caps]];
    }),
  );
}
