import { dayMs, fromMs, type Instant } from '@overture/kernel';
import { wallTimeAt, type ActionKind } from '@overture/policy';
import { explainEnrollment } from '../explain/explain.js';
import { hasEnded } from '../enrollment/state.js';
import { play, type Clash, type Send } from './play.js';
import type { PlayedLead } from './played-lead.js';
import type { Answers, World } from './world.js';

/** How much goes out in one hour of an identity's day, by kind. */
export interface HourOfSends {
  readonly identityId: string;
  readonly campaignId: string;
  /** Local date and hour of the identity. */
  readonly day: string;
  readonly hour: number;
  readonly kind: ActionKind;
  readonly sends: number;
}

/** Leads that do not come to an end by themselves, and why. */
export interface BlockedGroup {
  readonly campaignId: string;
  readonly because: string;
  readonly leads: number;
  readonly exampleLeadIds: readonly string[];
}

/** A campaign waited for a cap of an identity it shares. */
export interface ClashGroup extends Omit<Clash, 'from' | 'until'> {
  readonly day: string;
  /** When it could go on, the last time on that day. */
  readonly until: Instant;
  readonly times: number;
}

export interface ForecastReport {
  readonly from: Instant;
  readonly until: Instant;
  readonly hours: readonly HourOfSends[];
  readonly clashes: readonly ClashGroup[];
  readonly blocked: readonly BlockedGroup[];
  /** Of a campaign, when the last of its leads comes to an end; absent while some do not. */
  readonly ends: readonly { readonly campaignId: string; readonly at: Instant }[];
  readonly outcomes: readonly {
    readonly campaignId: string;
    readonly status: string;
    readonly leads: number;
  }[];
}

/** Plays a world and sums up what people ask about (F044, M3). */
export function* forecast(
  world: World,
  answers: Answers,
  until: Instant,
): Generator<Instant, ForecastReport> {
  const tally = new Tally(world);
  const leads = yield* play(world, answers, until, {
    onSend: (send) => tally.send(send),
    onClash: (clash) => tally.clash(clash),
    onEvent: ({ known }, { data }) => tally.heard(known.campaignId, data.at),
  });
  return {
    from: world.now,
    until,
    hours: tally.hours,
    clashes: tally.clashes,
    blocked: blockedOf(leads),
    ends: tally.endsOf(leads),
    outcomes: outcomesOf(leads),
  };
}

class Tally {
  private readonly byHour = new Map<string, HourOfSends>();
  private readonly byClash = new Map<string, ClashGroup>();
  private readonly lastHeard = new Map<string, Instant>();
  private readonly zones: ReadonlyMap<string, string>;

  constructor({ identities }: World) {
    this.zones = new Map(identities.map(({ identityId, zone }) => [identityId, zone]));
  }

  get hours(): HourOfSends[] {
    return [...this.byHour.values()];
  }

  get clashes(): ClashGroup[] {
    return [...this.byClash.values()];
  }

  send({ at, identityId, campaignId, kind }: Send): void {
    const { day, hour } = this.local(identityId, at);
    const key = `${identityId} ${campaignId} ${day} ${hour} ${kind}`;
    const sends = (this.byHour.get(key)?.sends ?? 0) + 1;
    this.byHour.set(key, { identityId, campaignId, day, hour, kind, sends });
  }

  clash({ from, until, ...which }: Clash): void {
    const { day } = this.local(which.identityId, from);
    const key = `${which.identityId} ${which.campaignId} ${which.kind} ${which.rule} ${day}`;
    const times = (this.byClash.get(key)?.times ?? 0) + 1;
    this.byClash.set(key, { ...which, day, until, times });
  }

  heard(campaignId: string, at: Instant): void {
    this.lastHeard.set(campaignId, at);
  }

  endsOf(leads: readonly PlayedLead[]): { campaignId: string; at: Instant }[] {
    const open = new Set(
      leads.filter(({ state }) => !hasEnded(state)).map(({ known }) => known.campaignId),
    );
    return [...this.lastHeard]
      .filter(([campaignId]) => !open.has(campaignId))
      .map(([campaignId, at]) => ({ campaignId, at }));
  }

  private local(identityId: string, at: Instant): { day: string; hour: number } {
    const { day, minute } = wallTimeAt(at, this.zones.get(identityId) || 'Etc/UTC');
    return { day: fromMs(day * dayMs).slice(0, 10), hour: Math.floor(minute / 60) };
  }
}

const examplesMax = 3;

function blockedOf(leads: readonly PlayedLead[]): BlockedGroup[] {
  const groups = new Map<string, BlockedGroup>();
  for (const lead of leads) {
    const because = blockedBecause(lead);
    if (because === undefined) continue;
    const { campaignId, leadId } = lead.known;
    const key = `${campaignId} ${because}`;
    groups.set(key, joined(groups.get(key) ?? { campaignId, because, ...none }, leadId));
  }
  return [...groups.values()];
}

const none = { leads: 0, exampleLeadIds: [] };

function joined(group: BlockedGroup, leadId: string): BlockedGroup {
  const { leads, exampleLeadIds: seen } = group;
  const exampleLeadIds = seen.length < examplesMax ? [...seen, leadId] : seen;
  return { ...group, leads: leads + 1, exampleLeadIds };
}

/** Whoever waits for a date or an outcome is not blocked: the forecast ends before it comes. */
function blockedBecause({ known, state }: PlayedLead): string | undefined {
  if (hasEnded(state)) return undefined;
  const because = known.blocked ?? explainEnrollment(state).because;
  return because === 'deadline_passed' || because === 'settled' ? undefined : because;
}

function outcomesOf(leads: readonly PlayedLead[]): ForecastReport['outcomes'] {
  const counts = new Map<string, { campaignId: string; status: string; leads: number }>();
  for (const { known, state } of leads) {
    const { campaignId } = known;
    const { status } = state;
    const key = `${campaignId} ${status}`;
    counts.set(key, { campaignId, status, leads: (counts.get(key)?.leads ?? 0) + 1 });
  }
  return [...counts.values()];
}
