import { daysOffOf } from '@overture/calendar';
import {
  ActionKind as KindMessage,
  OutlookService,
  type IdentityOutlook,
} from '@overture/contracts';
import type { KnownIdentity } from '@overture/domain-campaign';
import { instant, type Clock } from '@overture/kernel';
import type { RpcClient } from '@overture/messaging';
import {
  actionKinds,
  defaultLimits,
  limitProfile,
  rampNamed,
  tiers,
  type ActionKind,
  type LimitSources,
  type Trip,
} from '@overture/policy';
import { hoursOf } from '@overture/service-kit';
import { Outlooks } from '../app/outlooks.js';

/** The timetable's identities, with their calendars worked out. */
export class SchedulerOutlooks extends Outlooks {
  constructor(
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async of(tenantId: string, identityIds: readonly string[]) {
    const request = { identityIds: [...identityIds] };
    const { identities } = await this.rpc.call(OutlookService.method.getOutlook, request, {
      tenantId,
    });
    const year = Number(this.clock.now().slice(0, 4));
    return identities.map((outlook) => knownIdentity(outlook, year));
  }
}

function knownIdentity(outlook: IdentityOutlook, year: number): KnownIdentity {
  const { identityId, zone, gateOpen, gateCause, hours, holidayRegion, breakerJson } = outlook;
  const { pendingInvitations, notesLeft } = outlook;
  return {
    identityId,
    zone,
    gate: gateOpen ? { open: true } : { open: false, cause: gateCause },
    limits: limitsOf(outlook),
    uses: outlook.uses.flatMap(({ kind, at, firstTouch, hasNote }) =>
      ofKnownKind(kind, (known) => ({ kind: known, at: instant(at), firstTouch, hasNote })),
    ),
    holds: outlook.holds.flatMap(({ kind, until, cause }) =>
      ofKnownKind(kind, (known) => ({ kind: known, until: instant(until), cause })),
    ),
    ...(hours && { hours: hoursOf(hours) }),
    ...(holidayRegion !== '' && { holidays: daysOffOf(holidayRegion, year) }),
    ...(breakerJson !== '' && { breaker: JSON.parse(breakerJson) as Trip }),
    ...(notesLeft !== undefined && { notesLeft }),
    ...(pendingInvitations >= 0 && { pendingInvitations }),
  };
}

function limitsOf({
  profile,
  tier,
  rampStartedAt,
  ramp,
}: IdentityOutlook): Omit<LimitSources, 'campaign'> {
  const known = tiers.find((each) => each === tier);
  return {
    profile: limitProfile(profile) ?? defaultLimits,
    ...(known && { tier: known }),
    ...(rampStartedAt !== '' && {
      ramp: { name: rampNamed(ramp), startedAt: instant(rampStartedAt) },
    }),
  };
}

/** What a newer scheduler counts of a kind this release does not know has no cap here. */
function ofKnownKind<T>(message: KindMessage, make: (kind: ActionKind) => T): T[] {
  const kind = actionKinds.find((each) => each.toUpperCase() === KindMessage[message]);
  return kind === undefined ? [] : [make(kind)];
}
