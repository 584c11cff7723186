import { minuteMs, secondMs } from '@overture/kernel';
import type { LimitProfile } from './limits.js';
import { tierLimits } from './tier-limits.js';

const conservative: LimitProfile = {
  name: 'conservative',
  version: 2,
  source:
    'S3-04..06 for connect, message, comment; S4-23 for visit; weekly: five such days, below the ' +
    'about 100 invitations LinkedIn takes; InMail and unanswered invitations: ours, well below what ' +
    'peers report; gaps S3-33, S2-34 (with up to 45 s more, as its system waits) and the provider ' +
    'constraints',
  caps: {
    visit: { per24h: 80, per7d: 400 },
    connect: { per24h: 15, per7d: 75 },
    message: { per24h: 30, per7d: 150 },
    inmail: { per24h: 5, per7d: 25 },
    comment: { per24h: 50, per7d: 250 },
    withdraw: { per24h: 15, per7d: 75 },
  },
  gapMs: { min: 90 * secondMs, max: 300 * secondMs },
  kindGapMs: {
    visit: 45 * secondMs,
    connect: 75 * secondMs,
    message: 75 * secondMs,
    inmail: 45 * secondMs,
    comment: 75 * secondMs,
    withdraw: 75 * secondMs,
  },
  firstTouchGapMs: 30 * minuteMs,
  firstTouchJitterMs: 45 * secondMs,
  pendingInvitationsMax: 300,
};

const messenger: LimitProfile = {
  ...conservative,
  name: 'messenger',
  version: 1,
  source:
    'S2-35: 20 messages a day, as its guide says, though its system let 50 pass; 20 invitations a ' +
    'day, 100 a week; no InMail (S2-65); 2 minutes between sends and up to 45 s more, 30 minutes ' +
    'between people (S2-34); visit S4-23, comment S3-06; unanswered invitations: ours',
  caps: {
    visit: { per24h: 80 },
    connect: { per24h: 20, per7d: 100 },
    message: { per24h: 20 },
    inmail: { per24h: 0 },
    comment: { per24h: 50 },
    withdraw: { per24h: 20, per7d: 100 },
  },
  gapMs: { min: 120 * secondMs, max: 165 * secondMs },
  pendingInvitationsMax: 400,
};

const providerGaps =
  'between two of a kind 30 s (visit, InMail) or 60 s and up to 15 s more, as the provider asks; ' +
  'between any two 60 to 180 s and 30 minutes between people (S2-34), so that no hour is a burst';

const classic: LimitProfile = {
  ...conservative,
  name: 'classic',
  version: 1,
  source: `S4-23..25, the most a free account may do; ${providerGaps}; unanswered: ours`,
  caps: tierLimits.classic.caps,
  gapMs: { min: 60 * secondMs, max: 180 * secondMs },
  pendingInvitationsMax: 500,
};

const salesNavigator: LimitProfile = {
  ...classic,
  name: 'sales_navigator',
  source: `S4-23..26, the most an account with Sales Navigator may do; ${providerGaps}; unanswered: ours`,
  caps: tierLimits.sales_navigator.caps,
  pendingInvitationsMax: 700,
};

/** The default: S3 keeps a warm account safe with these figures (S3-09). */
export const defaultLimits = conservative;

/** Every profile, the safest first. */
export const limitProfiles: readonly LimitProfile[] = [
  conservative,
  messenger,
  classic,
  salesNavigator,
];

const byName: ReadonlyMap<string, LimitProfile> = new Map(
  limitProfiles.map((profile) => [profile.name, profile]),
);

/** The profile of that name, newest version; undefined when there is none. */
export function limitProfile(name: string): LimitProfile | undefined {
  return byName.get(name);
}
