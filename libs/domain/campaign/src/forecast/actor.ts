import { latest, type Instant } from '@overture/kernel';
import {
  decideVisit,
  type Decision,
  type DueQueue,
  type QueueName,
  type Standing,
} from '@overture/planner';
import {
  defaultSchedule,
  tierLimits,
  type ActionKind,
  type EffectiveLimits,
} from '@overture/policy';
import type { Plan } from '../enrollment/events.js';
import { CampaignLimits } from './campaign-limits.js';
import type { Companies } from './companies.js';
import { Ledger } from './ledger.js';
import type { Clash } from './play.js';
import type { PlayedLead } from './played-lead.js';
import { Timetable, type Queue } from './timetable.js';
import type { KnownCampaign, KnownIdentity } from './world.js';

/** What all identities look at and write into. */
interface Shared {
  readonly campaigns: ReadonlyMap<string, KnownCampaign>;
  readonly companies: Companies;
}

interface Claimed {
  readonly enrollmentId: string;
  readonly actionId: string;
  readonly kind: ActionKind;
  readonly withoutNote: boolean;
}

type LastingFacts = Omit<
  DueQueue,
  'limits' | 'usage' | 'uses' | 'allowances' | 'head' | 'nextDueAt'
>;

/** One identity at work: its queues, its ledger, and when it is worth a look. */
export class Actor {
  visitAt: Instant | undefined;
  private looks = { at: '', times: 0 };
  private readonly timetable = new Timetable();
  private readonly ledger: Ledger;
  private readonly limits: CampaignLimits;
  private readonly lasting: LastingFacts[] = [];
  private readonly standing: Standing;
  private pendingInvitations: number | undefined;

  constructor(
    private readonly known: KnownIdentity,
    private readonly shared: Shared,
    now: Instant,
  ) {
    const { zone, gate, hours, holidays, breaker } = known;
    this.ledger = new Ledger(known.uses);
    this.limits = new CampaignLimits(known.limits, shared.campaigns);
    this.ledger.addUnknownNotes(unknownNotes(known, this.ledger, now), now);
    this.pendingInvitations = known.pendingInvitations;
    this.standing = {
      identityZone: zone,
      gate,
      ...(hours && { identityHours: hours }),
      ...(holidays && { holidays }),
      ...(breaker && { breaker }),
    };
  }

  get identityId(): string {
    return this.known.identityId;
  }

  plan(lead: PlayedLead, plan: Plan, now: Instant): void {
    const { enrollmentId, leadId, campaignId, identityId } = lead.known;
    const { actionId, kind, zone, priority, firstTouch, notBefore, companyKey } = plan;
    const dueAt = latest(notBefore, now);
    const hasNote = kind === 'connect' && lead.hasText(plan.step);
    const name = { identityId, kind, campaignId, zone, priority, firstTouch, hasNote };
    const company = firstTouch && companyKey !== undefined && { companyKey };
    const ids = { actionId, enrollmentId, leadId };
    this.timetable.plan(name, { ...ids, dueAt: notBefore, hasNote, ...company });
    if (this.visitAt === undefined || dueAt < this.visitAt) this.visitAt = dueAt;
  }

  drop(actionId: string): void {
    this.timetable.drop(actionId);
  }

  /** Invitations that nobody has answered: one more, or one less. */
  invitations(change: 1 | -1): void {
    if (this.pendingInvitations !== undefined) this.pendingInvitations += change;
  }

  /** How often it was looked at at this instant. */
  roundAt(at: Instant): number {
    return this.looks.at === at ? this.looks.times : 0;
  }

  /** Looks at what is due, claims at most one action, and says when to look again. */
  visit(now: Instant): { claim: Claimed | undefined; clashes: readonly Clash[] } {
    this.looks = { at: now, times: this.roundAt(now) + 1 };
    const due: Queue[] = [];
    let otherSlotAt: Instant | undefined;
    for (const queue of this.timetable.queues) {
      const { slotAt } = queue;
      if (slotAt === undefined) continue;
      if (slotAt <= now) due.push(queue);
      else if (otherSlotAt === undefined || slotAt < otherSlotAt) otherSlotAt = slotAt;
    }
    const decision = decideVisit(
      {
        row: '',
        tenantId: '',
        identityId: this.identityId,
        standing: this.standing,
        queues: due.map((queue) => this.dueQueue(queue, now)),
        ...(otherSlotAt && { otherSlotAt }),
      },
      now,
    );
    return this.apply(decision, new Map(due.map((queue) => [queue.queueId, queue])), now);
  }

  private apply(decision: Decision, due: ReadonlyMap<number, Queue>, now: Instant) {
    for (const { queue, until } of decision.setBack) due.get(queue.queueId)?.setBack(until);
    for (const { queue, nextSlotAt } of decision.slots) {
      const known = due.get(queue.queueId);
      if (known !== undefined) known.slotAt = nextSlotAt;
    }
    this.visitAt = decision.nextSlotAt;
    const clashes = decision.slots.flatMap(({ queue, nextSlotAt: until, reason: rule }) => {
      if (until === undefined || !isClash(rule)) return [];
      const { campaignId, kind } = queue;
      return [{ identityId: this.identityId, campaignId, kind, rule, from: now, until }];
    });
    return { claim: this.claimOf(decision, due, now), clashes };
  }

  private claimOf({ claim }: Decision, due: ReadonlyMap<number, Queue>, at: Instant) {
    if (claim === undefined) return undefined;
    const queue = due.get(claim.queue.queueId);
    const taken = queue?.take();
    if (queue === undefined || taken === undefined) return undefined;
    if (queue.slotAt !== undefined && queue.head === undefined) queue.slotAt = undefined;
    const { kind, firstTouch } = queue.name;
    const { note } = claim.verdict;
    this.ledger.add({ kind, at, firstTouch, hasNote: note === 'with' });
    if (kind === 'connect') this.invitations(1);
    const { actionId, enrollmentId } = taken;
    this.shared.companies.contacted(taken, at);
    return { actionId, enrollmentId, kind, withoutNote: note === 'without' };
  }

  private dueQueue(queue: Queue, now: Instant): DueQueue {
    const { ledger } = this;
    const { name, head } = queue;
    const limits = this.limits.at(name.campaignId, now);
    const nextDueAt = queue.second?.dueAt;
    return {
      ...this.lastingFacts(queue),
      limits,
      // Only of the queues up to the one that may go is anything asked.
      get usage() {
        return ledger.usage(name.kind, limits, now);
      },
      uses: ledger.uses(name.kind),
      ...this.allowances(name.kind, limits, now),
      ...(head && { head: this.shared.companies.headOf(head, name) }),
      ...(nextDueAt && { nextDueAt }),
    };
  }

  /** What stays the same of a queue as long as the forecast plays. */
  private lastingFacts({ queueId, name }: Queue) {
    const known = this.lasting[queueId];
    if (known !== undefined) return known;
    const facts = { ...name, ...this.campaignFacts(name), ...this.holdOf(name.kind) };
    return (this.lasting[queueId] = { ...facts, row: '', queueId });
  }

  private campaignFacts({ campaignId, zone }: QueueName) {
    const campaign = this.shared.campaigns.get(campaignId);
    if (campaign === undefined) return unknownCampaign;
    const { gate, schedule, whenNotesUsedUp } = campaign;
    const holidays = campaign.holidays.get(zone);
    const notes = whenNotesUsedUp && { whenNotesUsedUp };
    return { gate, schedule, ...notes, ...(holidays && { holidays }) };
  }

  private holdOf(kind: ActionKind): Pick<DueQueue, 'hold'> {
    const hold = this.known.holds.find((each) => each.kind === kind);
    return hold === undefined ? {} : { hold: { until: hold.until, cause: hold.cause } };
  }

  private allowances(
    kind: ActionKind,
    { notesPerMonth }: EffectiveLimits,
    now: Instant,
  ): Pick<DueQueue, 'allowances'> {
    if (kind !== 'connect') return {};
    const { pendingInvitations } = this;
    return {
      allowances: {
        ...(pendingInvitations !== undefined && { pendingInvitations }),
        ...(notesPerMonth !== undefined && { notes: this.ledger.notes(notesPerMonth, now) }),
      },
    };
  }
}

/** What of the month's notes was used outside the product, by what LinkedIn says is left. */
function unknownNotes({ limits, notesLeft }: KnownIdentity, ledger: Ledger, now: Instant): number {
  const { notesPerMonth } = limits.tier === undefined ? {} : tierLimits[limits.tier];
  if (notesPerMonth === undefined || notesLeft === undefined) return 0;
  return Math.max(0, notesPerMonth - ledger.notes(notesPerMonth, now).used - notesLeft);
}

/** The budget is used up, also by others. */
function isClash(rule: string): boolean {
  return rule.startsWith('cap_') || rule === 'note_quota';
}

// Nothing is sent for a campaign that the forecast was told nothing about.
const unknownCampaign = { gate: { open: false, cause: 'unknown' }, schedule: defaultSchedule };
