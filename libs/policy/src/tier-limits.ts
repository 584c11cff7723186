import type { Tier } from './kinds.js';
import type { Caps } from './limits.js';

/** What LinkedIn lets an account of this tier do, whatever its profile says (F025). */
export interface TierLimits {
  readonly tier: Tier;
  readonly version: number;
  readonly source: string;
  readonly caps: Caps;
  /** Invitations with a note in any 31 days; absent: as many as there are invitations (F027). */
  readonly notesPerMonth?: number;
}

const classicCaps: Caps = {
  visit: { per24h: 80 },
  connect: { per24h: 25, per7d: 100 },
  message: { per24h: 50 },
  inmail: { per24h: 0 },
  comment: { per24h: 50 },
  withdraw: { per24h: 25, per7d: 100 },
};

const classic: TierLimits = {
  tier: 'classic',
  version: 1,
  source:
    'S4-23..25 for visit, connect, message; 100 invitations a week as S2 counts them; S3-06 for ' +
    'comment; a free account has no InMail (S2-65); 5 notes a month, the upper end of what is seen',
  caps: classicCaps,
  notesPerMonth: 5,
};

const premium: TierLimits = {
  tier: 'premium',
  version: 1,
  source:
    'No source names figures of its own: those of classic, with InMail by its credits (S4-26)',
  caps: { ...classicCaps, inmail: { per24h: 10, per7d: 50 } },
};

const salesNavigator: TierLimits = {
  tier: 'sales_navigator',
  version: 1,
  source:
    'S4-23..26; 100 invitations a week as S2 counts them, whatever the tier; S3-06 for comment; ' +
    'InMail by its credits, the daily figure spreads them and is ours',
  caps: {
    visit: { per24h: 500 },
    connect: { per24h: 30, per7d: 100 },
    message: { per24h: 250 },
    inmail: { per24h: 20, per7d: 100 },
    comment: { per24h: 50 },
    withdraw: { per24h: 30, per7d: 100 },
  },
};

export const tierLimits: Readonly<Record<Tier, TierLimits>> = {
  classic,
  premium,
  sales_navigator: salesNavigator,
};
