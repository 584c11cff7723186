import { daysOffOf } from '@overture/calendar';
import type { Instant } from '@overture/kernel';
import type { Standing } from '@overture/planner';
import type { Gate, RegionDays, Schedule, Trip } from '@overture/policy';
import type { LimitedBy } from './limits-in-force.js';
import { sameObject } from './same-object.js';

/** An identity as `standingColumns` read it. */
export interface StandingRow extends GateRow, LimitedBy {
  readonly row: string;
  readonly tenant_id: string;
  readonly identity_id: string;
  readonly zone: string;
  readonly hours: string | null;
  readonly holiday_region: string;
  readonly pending_invitations: number | null;
  readonly connects_then: number;
  readonly inmail_credits: number | null;
  readonly inmails_then: number;
  readonly notes_left: number | null;
  readonly notes_seen_at: Instant | null;
  readonly breaker: { readonly trip?: Trip } | null;
  readonly last_used_at: Instant | null;
  readonly last_first_touch_at: Instant | null;
  readonly held_until: Instant | null;
  /** When the lease of what is in flight ends. */
  readonly flies_until: Instant | null;
}

export interface GateRow {
  readonly known: boolean;
  readonly login_lost: boolean;
  readonly paused_cause: string | null;
}

/** What stays the same whatever the identity does next. */
export function standingOf(row: StandingRow, now: Instant): Standing {
  const { zone: identityZone, hours, breaker, holiday_region: region, flies_until } = row;
  return {
    identityZone,
    gate: gateOf(row),
    ...(hours !== null && { identityHours: sameObject<Schedule>(hours) }),
    ...(breaker?.trip && { breaker: breaker.trip }),
    ...(flies_until && { inFlight: { until: flies_until } }),
    ...(region !== '' && { holidays: daysOffAt(region, now) }),
  };
}

export function daysOffAt(region: string, now: Instant): RegionDays {
  return daysOffOf(region, Number(now.slice(0, 4)));
}

export function gateOf({ known, login_lost, paused_cause }: GateRow): Gate {
  if (!known) return { open: false, cause: 'identity_unknown' };
  if (login_lost) return { open: false, cause: 'auth_expired' };
  return paused_cause === null ? { open: true } : { open: false, cause: paused_cause || 'paused' };
}
