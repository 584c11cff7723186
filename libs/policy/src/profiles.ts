import { minuteMs, secondMs } from '@overture/kernel';
import type { LimitProfile } from './limits.js';

const conservative: LimitProfile = {
  name: 'conservative',
  version: 2,
  source:
    'S3-04..06 for connect, message, comment; S4-23 for visit; weekly: five such days, below the ' +
    'about 100 invitations LinkedIn takes; InMail and unanswered invitations: ours, well below what ' +
    'peers report; gaps S3-33, S2-34 and the provider constraints',
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
  pendingInvitationsMax: 300,
};

/** The default: S3 keeps a warm account safe with these figures (S3-09). */
export const defaultLimits = conservative;

const profiles: Readonly<Record<string, LimitProfile>> = { conservative };

/** Every profile, the safest first. */
export const limitProfiles: readonly LimitProfile[] = Object.values(profiles);

/** The profile of that name, newest version; undefined when there is none. */
export function limitProfile(name: string): LimitProfile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined;
}
