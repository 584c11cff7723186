import { daysOffOf } from '@overture/calendar';
import {
  ActionKind as KindMessage,
  OutlookService,
  type CompanyContact,
  type IdentityOutlook,
} from '@overture/contracts';
import type { KnownContact, KnownIdentity } from '@overture/domain-campaign';
import { instant, type Clock, type Instant } from '@overture/kernel';
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

  override async contacts(tenantId: string, since: Instant): Promise<readonly KnownContact[]> {
    const known: KnownContact[] = [];
    for (let cursor = ''; ;) {
      const request = { since, cursor };
      const page = await this.rpc.call(OutlookService.method.listCompanyContacts, request, {
        tenantId,
      });
      known.push(...page.contacts.map(knownContact));
      if (page.nextCursor === '') return known;
      cursor = page.nextCursor;
    }
  }
}

function knownContact({ companyKey, leadId, at }: CompanyContact): KnownContact {
  return { companyKey, leadId, at: instant(at) };
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
