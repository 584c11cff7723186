import { plus, type Instant } from '@overture/kernel';
import type { ActionKind } from '@overture/policy';
import type { EnrollmentCommand } from '../enrollment/commands.js';
import { deadlineOf } from '../enrollment/deadlines.js';
import type { EnrollmentEvent, Plan } from '../enrollment/events.js';
import { hasEnded } from '../enrollment/state.js';
import { Agenda } from './agenda.js';
import { Actor } from './actor.js';
import { awaitedAtFirst } from './awaited.js';
import { Colleagues, stopFor } from './colleagues.js';
import { Companies } from './companies.js';
import { PlayedLead } from './played-lead.js';
import type { Answers, World } from './world.js';

/** One action that goes out. */
export interface Send {
  readonly at: Instant;
  readonly identityId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly enrollmentId: string;
  readonly actionId: string;
  readonly kind: ActionKind;
  readonly withoutNote: boolean;
}

/** A campaign had to wait because its identity had used up a cap, also for other campaigns (F033). */
export interface Clash {
  readonly identityId: string;
  readonly campaignId: string;
  readonly kind: ActionKind;
  readonly rule: string;
  readonly from: Instant;
  readonly until: Instant;
}

export interface Watcher {
  readonly onSend?: (send: Send) => void;
  readonly onClash?: (clash: Clash) => void;
  readonly onEvent?: (lead: PlayedLead, event: EnrollmentEvent) => void;
}

/** How many things happen between two chances for the caller to do something else. */
const breathEvery = 200;

/**
 * Plays the weeks to come with the planner that runs live, from one instant at which something happens to the next.
 * Pure but for its watcher; gives way to its caller every so often, so that a service stays awake meanwhile.
 */
export function* play(
  world: World,
  answers: Answers,
  until: Instant,
  watcher: Watcher = {},
): Generator<Instant, readonly PlayedLead[]> {
  const stage = new Stage(world, answers, watcher);
  stage.open();
  for (let happened = 1; stage.step(until); happened++) {
    if (happened % breathEvery === 0) yield stage.now;
  }
  return stage.leads;
}

class Stage {
  now: Instant;
  readonly leads: readonly PlayedLead[];
  private readonly agenda = new Agenda();
  private readonly actors: ReadonlyMap<string, Actor>;
  private readonly byEnrollment: ReadonlyMap<string, PlayedLead>;
  private readonly colleagues: Colleagues;

  constructor(
    world: World,
    private readonly answers: Answers,
    private readonly watcher: Watcher,
  ) {
    this.now = world.now;
    const campaigns = new Map(world.campaigns.map((campaign) => [campaign.campaignId, campaign]));
    const shared = { campaigns, companies: new Companies(campaigns, world.contacts) };
    this.actors = new Map(
      world.identities.map((known) => [known.identityId, new Actor(known, shared, world.now)]),
    );
    this.leads = world.leads.map((known) => new PlayedLead(known));
    this.colleagues = new Colleagues(this.leads, world.campaigns);
    this.byEnrollment = new Map(this.leads.map((lead) => [lead.known.enrollmentId, lead]));
  }

  /** Everybody takes up where they stand. */
  open(): void {
    for (const lead of this.leads) {
      if (lead.known.blocked !== undefined) continue;
      const waiting = lead.waitingPlan();
      if (waiting !== undefined) this.plan(lead, waiting);
      for (const command of lead.opening(this.now)) this.decide(lead, command);
      for (const awaited of awaitedAtFirst(lead, this.answers, this.now)) {
        this.agenda.add({ ...awaited, of: lead.known.enrollmentId });
      }
      this.watchDeadline(lead);
    }
  }

  /** The next thing that happens; false when nothing does before `until`. */
  step(until: Instant): boolean {
    const next = this.agenda.next();
    if (next === undefined || next.at > until) return false;
    this.now = next.at;
    if (next.what === 'visit') this.visit(next);
    else this.meet(next.of, next.what, next.token);
    return true;
  }

  private visit({ of, round }: { of: string; round: number }): void {
    const actor = this.actors.get(of);
    if (actor?.visitAt !== this.now || actor.roundAt(this.now) !== round) return;
    const { claim, clashes } = actor.visit(this.now);
    clashes.forEach((clash) => this.watcher.onClash?.(clash));
    const lead = claim && this.byEnrollment.get(claim.enrollmentId);
    if (claim !== undefined && lead !== undefined) this.send(lead, claim);
    this.agenda.visit(actor);
  }

  private send(lead: PlayedLead, claim: ReturnType<Actor['visit']>['claim'] & object): void {
    const { actionId, kind, withoutNote } = claim;
    const { identityId, campaignId, leadId, enrollmentId } = lead.known;
    const ids = { identityId, campaignId, leadId, enrollmentId, actionId };
    for (const command of lead.sending(actionId, this.now)) this.decide(lead, command);
    this.watcher.onSend?.({ at: this.now, ...ids, kind, withoutNote });
  }

  private meet(enrollmentId: string, what: string, token: string): void {
    const lead = this.byEnrollment.get(enrollmentId);
    const command = lead?.commandFor(what, token, this.now);
    if (lead !== undefined && command !== undefined) this.decide(lead, command);
  }

  private decide(lead: PlayedLead, command: EnrollmentCommand): void {
    const stopped: PlayedLead[] = [];
    for (const event of lead.decide(command)) {
      this.watcher.onEvent?.(lead, event);
      this.follow(lead, event);
      stopped.push(...this.colleagues.stoppedBy(lead, event));
    }
    this.watchDeadline(lead);
    for (const other of stopped) this.decide(other, stopFor(lead, this.now));
  }

  private follow(lead: PlayedLead, event: EnrollmentEvent): void {
    switch (event.type) {
      case 'ActionPlanned':
        return this.plan(lead, event.data);
      case 'ActionDropped':
        return this.actors.get(lead.known.identityId)?.drop(event.data.actionId);
      case 'DraftOpened':
        return this.awaitApproval(lead, event.data);
      case 'InvitationAccepted':
        return this.actors.get(lead.known.identityId)?.invitations(-1);
      case 'ActionSucceeded':
        return this.awaitAnswer(lead, event.data);
      default:
    }
  }

  private awaitApproval(lead: PlayedLead, { actionId, step }: Plan): void {
    const afterMs = this.answers.approvesAfterMs(lead.known, step);
    this.later(lead, 'approve', { token: actionId, afterMs });
  }

  private awaitAnswer(
    lead: PlayedLead,
    { actionId, kind }: { actionId: string; kind: ActionKind },
  ): void {
    if (kind === 'connect') {
      const { afterMs = 0, seenAfterMs } = this.answers.accepts(lead.known) ?? {};
      this.later(lead, 'accept', { token: plus(this.now, afterMs), afterMs: seenAfterMs });
    }
    if (kind === 'message' || kind === 'inmail') {
      const afterMs = this.answers.repliesAfterMs(lead.known, lead.stepOf(actionId));
      this.later(lead, 'reply', { token: actionId, afterMs });
    }
  }

  private plan(lead: PlayedLead, plan: Parameters<Actor['plan']>[1]): void {
    const actor = this.actors.get(lead.known.identityId);
    if (actor === undefined) return;
    actor.plan(lead, plan, this.now);
    this.agenda.visit(actor);
  }

  private later(
    lead: PlayedLead,
    what: 'approve' | 'accept' | 'reply',
    { token, afterMs }: { token: string; afterMs: number | undefined },
  ): void {
    if (afterMs === undefined) return;
    this.agenda.add({ at: plus(this.now, afterMs), what, of: lead.known.enrollmentId, token });
  }

  private watchDeadline(lead: PlayedLead): void {
    const { state } = lead;
    if (state.status === 'new' || hasEnded(state)) return;
    const dueAt = deadlineOf(state);
    if (dueAt === undefined || dueAt === lead.watchedDeadline) return;
    lead.watchedDeadline = dueAt;
    this.agenda.add({
      at: dueAt < this.now ? this.now : dueAt,
      what: 'deadline',
      of: lead.known.enrollmentId,
      token: dueAt,
    });
  }
}
