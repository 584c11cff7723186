import type { Database } from '@overture/event-store';
import { dayMs, plus, type Instant } from '@overture/kernel';
import type { Schedule } from '@overture/policy';
import { Outlooks, type IdentityOutlook, type LaneHold, type NotedUse } from '../app/outlooks.js';
import { standingColumns } from './due.sql.js';
import { gateOf, type StandingRow } from './standing.js';

/** A month of uses is all that any rule looks back on. */
const lookBackMs = 32 * dayMs;

interface UseRow extends NotedUse {
  readonly identity_id: string;
}

interface HoldRow extends LaneHold {
  readonly identity_id: string;
}

export class PostgresOutlooks extends Outlooks {
  constructor(private readonly database: Database) {
    super();
  }

  override of(tenantId: string, identityIds: readonly string[], now: Instant) {
    return this.database.tenant(tenantId, async (tx) => {
      const asked = [tenantId, identityIds];
      const { rows: identities } = await tx.query<StandingRow>(identitiesById, asked);
      const uses = await tx.query<UseRow>(usesSince, [...asked, plus(now, -lookBackMs)]);
      const holds = await tx.query<HoldRow>(holdsAfter, [...asked, now]);
      return identities.map((row) => outlookOf(row, { uses: uses.rows, holds: holds.rows }));
    });
  }
}

function outlookOf(
  row: StandingRow,
  found: { uses: readonly UseRow[]; holds: readonly HoldRow[] },
): IdentityOutlook {
  const { identity_id: identityId, zone, profile, tier, holiday_region: holidayRegion } = row;
  const { hours, breaker, ramp_started_at, ramp, pending_invitations } = row;
  const isIts = ({ identity_id }: { identity_id: string }) => identity_id === identityId;
  return {
    identityId,
    zone,
    profile,
    tier,
    holidayRegion,
    gate: gateOf(row),
    uses: found.uses.filter(isIts).map(({ identity_id: _, ...use }) => use),
    holds: found.holds.filter(isIts).map(({ identity_id: _, ...hold }) => hold),
    ...(hours !== null && { hours: JSON.parse(hours) as Schedule }),
    ...(breaker?.trip && { breaker: breaker.trip }),
    ...(ramp_started_at && { rampStartedAt: ramp_started_at, ramp }),
    ...notesLeftOf(row, found.uses.filter(isIts)),
    ...(pending_invitations !== null && { pendingInvitations: pending_invitations }),
  };
}

function notesLeftOf(
  { notes_left: left, notes_seen_at: seenAt }: StandingRow,
  uses: readonly NotedUse[],
): Pick<IdentityOutlook, 'notesLeft'> {
  if (left === null) return {};
  const since = uses.filter(({ hasNote, at }) => hasNote && seenAt !== null && at > seenAt);
  return { notesLeft: Math.max(0, left - since.length) };
}

const identitiesById = `
  select ${standingColumns} from identities i where i.tenant_id = $1 and i.identity_id = any ($2)`;

const usesSince = `
  select u.identity_id, u.kind, u.used_at as at, u.first_touch as "firstTouch",
    u.has_note as "hasNote"
  from uses u
  where u.tenant_id = $1 and u.identity_id = any ($2) and u.used_at > $3`;

const holdsAfter = `
  select l.identity_id, l.kind, l.hold_until as until, l.hold_cause as cause from lanes l
  where l.tenant_id = $1 and l.identity_id = any ($2) and l.hold_until > $3`;
