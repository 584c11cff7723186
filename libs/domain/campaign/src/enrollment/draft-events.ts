import type { Instant } from '@overture/kernel';
import type { Fact, Plan } from './events.js';

// Stored as those of events.ts: add to them; never rename, never reuse.

/** A step waits for a person's word; its text is kept sealed by the campaign service (F069). */
export type DraftOpened = Fact<
  'DraftOpened',
  Plan & {
    /** From here on it is not sent, approved or not (I15). */
    readonly expiresAt: Instant;
  }
>;

export type DraftEdited = Fact<'DraftEdited', { actionId: string; textSha256: string; by: string }>;

/** What is sent has exactly this hash (I11). */
export type DraftApproved = Fact<
  'DraftApproved',
  { actionId: string; textSha256: string; by: string }
>;

export type DraftSkipped = Fact<'DraftSkipped', { actionId: string; reason: string; by: string }>;

export type DraftExpired = Fact<'DraftExpired', { actionId: string }>;

export type DraftEvent = DraftOpened | DraftEdited | DraftApproved | DraftSkipped | DraftExpired;
